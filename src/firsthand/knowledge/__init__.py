"""What the stages know about the world: data files, each entry with its source, and the readers that load them."""
