"""How property tests draw their inputs: the same ones every time, unless `make fuzz` asks for new ones."""

from __future__ import annotations

from hypothesis import settings

# A change must not be refused for an input that chance drew, nor pass because chance did not draw it.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("fuzz", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile("same")
