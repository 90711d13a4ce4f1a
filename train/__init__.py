"""How the small models that ship with the package were made; run by `make train-parser`, never at run time."""
