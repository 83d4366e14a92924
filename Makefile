# Every command sets up what it needs, on a machine with Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help
help: ## show these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

PIP := $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

$(VENV)/.made: requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Luwte needs Python 3.11 or newer: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) -r requirements.lock -r requirements-build.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.made-dev: $(VENV)/.made requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@touch $@

.PHONY: install
install: $(VENV)/.made ## make .venv from the lock

.PHONY: talk
talk: install ## meet the bot, here in the terminal
	@$(BIN)/luwte talk

.PHONY: test
test: $(VENV)/.made-dev ## run the tests (offline)
	@$(BIN)/python -m pytest -q

.PHONY: check
check: $(VENV)/.made-dev ## format, lint, types, import contracts, content
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/luwte check

.PHONY: format
format: $(VENV)/.made-dev ## write the house format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: report
report: $(VENV)/.made-dev ## how well themes, feelings and danger are heard in the labelled utterances
	@$(BIN)/python -m tests.report.understanding
	@$(BIN)/python -m tests.report.safety

.PHONY: learn
learn: $(VENV)/.made-dev ## learn anew from the labelled sentences what safety weighs
	@$(BIN)/python -m tests.learning

EMULATORS := tests/emulators/node_modules/.made

$(EMULATORS): tests/emulators/package-lock.json
	@cd tests/emulators && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: emulators-ready
emulators-ready: $(EMULATORS) # what tests/emulators needs of node; Chromium is the machine's own

.PHONY: emulators
emulators: $(VENV)/.made-dev $(EMULATORS) ## walk through Slack and Teams in a browser, in emulators of others
	@$(BIN)/python -m pytest -q tests/emulators

.PHONY: gallery
gallery: $(VENV)/.made-dev ## draw all that people can be shown on one page: gallery.html
	@$(BIN)/python -m tests.gallery gallery.html

.PHONY: soak
soak: $(VENV)/.made-dev ## the long proofs
	@$(BIN)/python -m pytest -q tests/soak
	@for database in sqlite postgresql; do for proof in run selftest; do $(BIN)/luwte audit $$proof --database $$database || exit 1; done; done

.PHONY: lock
lock: $(VENV)/.made-dev ## resolve the locks anew, with hashes and without addresses
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group pyproject.toml:build --constraints requirements.lock -o requirements-build.lock
	$(COMPILE) --group pyproject.toml:dev --constraints requirements.lock -o requirements-dev.lock

.PHONY: image
image: ## walk through the Dockerfile's steps without a container engine
	@$(PYTHON) tests/image/run.py
