# Needs Python 3.11 or newer, git and make; everything else is installed into .venv from the lock files.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
GOLD ?= gold
INPUTS ?= 10000
SEED ?= 1
EXAMPLE ?= examples/brannik-trams/pages

.DEFAULT_GOAL := help
.PHONY: help demo test check fast fuzz fuzz-read bench reference train-parser train-statements train-reading lock clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

# A stamp a lock file: installing again only when the lock or the project's metadata changed.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/run.stamp

demo: $(VENV)/run.stamp ## Trace the bundled example case, and keep a case of it with a dossier to open
	@rm -rf demo-case demo.html
	@echo "== One shot: firsthand trace $(EXAMPLE)"
	@$(BIN)/firsthand trace $(EXAMPLE) || [ $$? -eq 5 ]
	@echo "== A case that remembers: demo-case"
	@$(BIN)/firsthand --case demo-case init
	@$(BIN)/firsthand --case demo-case add $(EXAMPLE) || [ $$? -eq 5 ]
	@$(BIN)/firsthand --case demo-case run || [ $$? -eq 5 ]
	@$(BIN)/firsthand --case demo-case verify
	@$(BIN)/firsthand --case demo-case publish --html demo.html
	@echo "Open demo.html in a browser: every count there leads to its quotes."
	@echo "Go on with: $(BIN)/firsthand --case demo-case findings"

test: $(VENV)/dev.stamp ## Run every test, browser tests included where a Chromium is at hand or can be installed
	@sh .ci/chromium
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp ## Format, lint, types, import contracts, docs and tests: the one definition of good
	$(BIN)/ruff format --check src tests bench train
	$(BIN)/ruff check src tests bench train
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

fast: $(VENV)/dev.stamp ## The tests that take seconds: no browser, no journeys
	$(BIN)/python -m pytest --ignore=tests/journeys --ignore=tests/browser

fuzz: $(VENV)/dev.stamp ## The laws on thousands of new random inputs; what fails is printed with how to repeat it
	$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/laws

fuzz-read: $(VENV)/dev.stamp ## Read INPUTS=10000 damaged example files of every format; what fails is printed with its seed
	$(BIN)/python -m bench.fuzz_read --inputs $(INPUTS) --seed $(SEED)

bench: $(VENV)/dev.stamp ## Score origin counts, peers beside them, against GOLD=DIR of families with known answers
	@test -d "$(GOLD)" || { echo "Say where the gold families are: make bench GOLD=DIR"; exit 2; }
	$(BIN)/python -m bench.origins $(GOLD) --write --check

reference: $(VENV)/dev.stamp ## Write the pages of docs/ again that come from the code: commands, glossary, journey
	$(BIN)/python tests/docs/cli_reference.py
	$(BIN)/python tests/docs/record_reference.py
	$(BIN)/python tests/docs/journey.py

train-parser: ## Train the English parser again from TREEBANKS=DIR, in a venv with train/requirements.txt
	@test -d "$(TREEBANKS)" || { echo "Say where the treebanks are: make train-parser TREEBANKS=DIR (train/README.md)"; exit 2; }
	$(BIN)/python -m train.parser $(TREEBANKS) src/firsthand/knowledge/models/english-parser.npz

train-statements: ## Train the models of statements again, with TREEBANKS=DIR, in a venv with train/requirements.txt
	@test -d "$(TREEBANKS)" || { echo "Say where the treebanks are: make train-statements TREEBANKS=DIR (train/README.md)"; exit 2; }
	$(BIN)/python -m train.statements $(TREEBANKS)

train-reading: ## Train both models of main text again from SETS=DIR, in a venv with train/requirements.txt
	@test -d "$(SETS)" || { echo "Say where the sets of pages are: make train-reading SETS=DIR (train/README.md)"; exit 2; }
	$(BIN)/python -m train.reading $(SETS)
	$(BIN)/python -m train.reading $(SETS) --best

lock: $(VENV)/dev.stamp ## Pin every dependency again, with hashes and without index addresses
	VENV=$(VENV) sh .ci/lock

clean: ## Remove what was built, the demonstration's case included
	rm -rf $(VENV) build dist demo.html demo-case .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
