# The only commands to remember. Needs python3 (3.11 or newer) with pip and venv, and make; the rest is installed.
# PORT, MILIEU_DATA and MILIEU_DATABASE_URL come from the environment or the command line: make demo PORT=8123

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
UV := uv==0.13.9

.PHONY: help env env-dev demo test cover check format words bench shots lock vendor clean

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Some systems keep the part of venv that brings pip in a package of its own; then the system's pip brings it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Milieu needs Python 3.11 or newer: make env PYTHON=python3.11")'
	@echo "Making the environment in $(VENV), about half a minute …"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	  $(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check pip; }

# Bytecode is compiled here, because pip does it on one core and some machines forbid Python to write it later.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	-@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements/dev.lock
	-@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $@

env: $(VENV)/run.stamp  ## the environment in .venv, from the locked list
	-@$(BIN)/python -m compileall -q -j 0 milieu

env-dev: env $(VENV)/dev.stamp

demo: env  ## a living house in the browser, on PORT (8000), kept in MILIEU_DATA (var/)
	$(BIN)/milieu demo

test: env-dev  ## every test, on SQLite and again on PostgreSQL; ARGS="-k rounds" for some
	@$(BIN)/python -m tools.machine
	@status=0; \
	MILIEU_DATABASE_URL= $(BIN)/python -m pytest $(ARGS) || status=1; \
	$(BIN)/python -m tools.postgres -- $(BIN)/python -m pytest $(ARGS) || status=1; \
	exit $$status

cover: env-dev  ## which lines and branches the tests reach, on SQLite; ARGS as for test
	@MILIEU_DATABASE_URL= $(BIN)/coverage run -m pytest -q $(ARGS)
	@$(BIN)/coverage report

check: env-dev  ## lint, format, types, import contracts, shape
	@status=0; \
	$(BIN)/ruff check --output-format concise . || status=1; \
	$(BIN)/ruff format --check --output-format concise . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports --no-logo || status=1; \
	$(BIN)/python -m pytest -q tests/shape || status=1; \
	$(BIN)/python -m tools.sizes; \
	exit $$status

format: env-dev  ## put the code into its form and mend what lint can mend
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format .

words: env-dev  ## gather what people read and bring every language's list up to date (docs/translating.md)
	@$(BIN)/python -m tools.words

bench: env-dev  ## how fast it is, each figure beside a floor; BENCH_OUT=file for JSON Lines
	$(BIN)/python -m tests.bench $(ARGS)

shots: env-dev  ## pictures of every screen in every theme, into shots/
	@$(BIN)/python -m tools.machine
	$(BIN)/python -m tests.shots $(ARGS)

lock: | $(BIN)/python  ## pin requirements/*.in anew (developers; UPGRADE=--upgrade for newer versions)
	@$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install -qq --disable-pip-version-check $(UV)
	for list in run dev; do \
	  .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header $(UPGRADE) requirements/$$list.in -o requirements/$$list.lock \
	  || exit 1; \
	done

vendor: | $(BIN)/python  ## fetch the vendored files anew from npm (developers)
	$(BIN)/python -m tools.vendor

clean:  ## remove what was made here, except var/ with the house in it
	rm -rf .venv .venv-lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis shots
