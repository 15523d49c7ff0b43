# The only commands to remember. Needs python3 (3.11 or newer) with pip and venv, and make; the rest is installed.
# PORT, MILIEU_DATA and MILIEU_DATABASE_URL may be given on the command line or come from the environment.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
UV := uv==0.13.9

export PORT MILIEU_DATA MILIEU_DATABASE_URL

.PHONY: help env env-dev demo test check bench shots lock vendor clean

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Milieu needs Python 3.11 or newer: make env PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

# Bytecode is compiled here, because pip does it on one core and some machines forbid Python to write it later.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/run.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	-@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	$(PIP) --require-hashes -r requirements/dev.lock
	-@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $@

env: $(VENV)/run.stamp  ## the environment in .venv, from the locked list
	@$(BIN)/python -m compileall -q -j 0 milieu

env-dev: env $(VENV)/dev.stamp
