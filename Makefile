# Everything a person does with this repository. On a new machine: Python 3.11+, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := requirements.lock
STUDIO := .venv-studio
FILMS_ARGS ?=
EXAMPLE := examples/cable_pull_through.mp4
DEMO_OUT := build/demo
PYTEST_ARGS ?=
CODE := src tests validation hatch_build.py

.DELETE_ON_ERROR:
.PHONY: help setup demo test check style lint types layers structure library format bench plans lifters kills roundtrips badinput validate films crowd fit dist lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY) ## make .venv with everything in it

$(READY): $(LOCK) pyproject.toml hatch_build.py src/hingewise/capture/models/models.toml
	@command -v $(PYTHON) >/dev/null || { echo "Expected Python 3.11 or newer as '$(PYTHON)', found none." \
	  "Install it (Debian: apt-get install python3 python3-venv) or say make PYTHON=/path/to/python3."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Expected Python 3.11 or newer," \
	  "found $$($(PYTHON) --version 2>&1). Say which one to use: make PYTHON=python3.11."; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Expected a Python that can make virtual" \
	  "environments, but $(PYTHON) cannot. Install the missing part (Debian: apt-get install python3-venv)."; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## analyse the example film and say where the report is
	@$(BIN)/hingewise analyze $(EXAMPLE) --out $(DEMO_OUT)

test: $(READY) ## run every test
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

check: style lint types layers structure ## format, lint, types, layers, structure (-k: all of them, come what may)

style: $(READY)
	$(BIN)/ruff format --check --output-format concise $(CODE)

lint: $(READY)
	$(BIN)/ruff check --output-format concise $(CODE)

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

structure: $(READY)
	$(BIN)/python -m pytest -q tests/structure

library: $(READY) ## check the library's records and write what is made from them
	$(BIN)/python -m hingewise.library.compile
	$(BIN)/python -m hingewise.planner.compile
	$(BIN)/python -m hingewise.render.library_schema
	rm -rf docs/library
	$(BIN)/hingewise library export docs/library --format markdown

format: $(READY) ## put the code into its standard form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(READY) ## measure speed and memory; writes docs/performance.md
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.bench
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.bench_library
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.bench_commands

plans: $(READY) ## check ten thousand plans of random answers; writes docs/plans.md
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.plans

lifters: $(READY) ## let simulated lifters train for half a year; writes docs/lifters.md
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.lifters

kills: $(READY) ## kill programs while they write, on both databases; writes docs/durability.md
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.kills.run

roundtrips: $(READY) ## write and read back 2000 random journals each: JSON, CSV, notation, FIT; and plans
	$(BIN)/python -m pytest -n 2 -p no:randomly --hypothesis-profile=many -k "read_back_exactly" tests/unit/training

badinput: $(READY) ## type in everything that is wrong; writes docs/bad-input.md (as root)
	PYTHONPATH=validation/src $(BIN)/python -m tests.e2e.list_bad_inputs > docs/bad-input.md

validate: $(READY) ## measure the synthetic study; renders what is missing (hours from nothing); writes docs/accuracy.md
	@PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.study.missing || $(MAKE) films
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.study.validate
	PYTHONPATH=validation/src $(BIN)/python -m hingewise_validation.accuracy

films: $(STUDIO)/.ready ## render the study's films and read their tracks (FILMS_ARGS=--pixels reads all anew)
	$(STUDIO)/bin/python -m hingewise_validation.study.make $(FILMS_ARGS)

crowd: $(STUDIO)/.ready ## render the people that the networks are fitted on; writes what is kept of them
	$(STUDIO)/bin/python -m hingewise_validation.crowd.make
	$(STUDIO)/bin/python -m hingewise_validation.crowd.collect

fit: $(STUDIO)/.ready ## fit the product's tables anew from the kept tracks and outlines
	$(STUDIO)/bin/python -m hingewise_validation.study.fit_view
	$(STUDIO)/bin/python -m hingewise_validation.study.fit_joints
	$(STUDIO)/bin/python -m hingewise_validation.crowd.fit_lumbar
	$(STUDIO)/bin/python -m hingewise_validation.study.fit_spread
	$(STUDIO)/bin/python -m hingewise_validation.crowd.fit_leaning

$(STUDIO)/.ready: $(LOCK) validation/pyproject.toml
	@echo "Setting up $(STUDIO) with the body model and the renderer (once, some minutes) ..."
	@$(PYTHON) -m venv --clear $(STUDIO)
	@$(STUDIO)/bin/python -m pip install -qq --disable-pip-version-check torch==2.13.0
	@$(STUDIO)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(STUDIO)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(STUDIO)/bin/python -m pip install -qq --disable-pip-version-check -e validation
	@touch $@

dist: $(READY) ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build -d dist

lock: $(READY) ## pin every dependency anew (UPGRADE=--upgrade for newer ones)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url $(UPGRADE) \
	  --custom-compile-command "make lock" --extra dev pyproject.toml -o $(LOCK)

clean: ## remove what was made, but not the models
	rm -rf $(VENV) $(STUDIO) build dist .make .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests validation -name __pycache__ -type d -prune -exec rm -rf {} +
