"""Lets `python -m firsthand` be the command `firsthand`."""

from firsthand.cli import main

if __name__ == "__main__":
    main(prog_name="firsthand")
