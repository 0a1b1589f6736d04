# Every command of this repository. `make help` lists them; each installs what it needs first.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
INSTALLED := .venv/.installed
LINKED := .venv/.linked
# SAM CLI: no telemetry, and no waiting for credentials that a build does not need.
SAM := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=none \
	AWS_SECRET_ACCESS_KEY=none AWS_MAX_ATTEMPTS=1 $(BIN)/sam
# The root and its nested stacks.
TEMPLATES := template.yaml $(filter-out infra/checkov.yaml,$(wildcard infra/*.yaml))
# `sam build` wants the exact interpreter of the functions' runtime, not a version manager's shim.
PYTHON_OF_RUNTIME = $(shell infra/find-runtime-python)

##@ Use

.PHONY: help
help: ## List the commands
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(LINKED) ## Start the whole stack on this machine (PORT=3000, DATA_DIR=.local); Ctrl-C stops it
	@$(BIN)/python -m infra.local run

.PHONY: demo
demo: $(LINKED) ## Tell the whole story against a throw-away stack
	@$(BIN)/python -m infra.local demo

.PHONY: reset
reset: $(LINKED) ## Forget what the stack has stored
	@$(BIN)/python -m infra.local reset

.PHONY: invoke
invoke: $(LINKED) ## Run one function: FUNCTION=ActivateOfferFunction EVENT=events/...json
	@test -n "$(FUNCTION)" -a -n "$(EVENT)" || { \
		echo "say which: make invoke FUNCTION=CheckHealthFunction EVENT=events/ops/check_health.json" >&2; \
		exit 2; }
	@$(BIN)/python -m infra.local invoke $(FUNCTION) $(EVENT)

.PHONY: logs
logs: $(LINKED) ## Follow what the running stack's functions write (FUNCTION=... for one)
	@$(BIN)/python -m infra.local logs $(FUNCTION)

.PHONY: psql
psql: $(LINKED) ## Open the running stack's database
	@$(BIN)/python -m infra.local psql

.PHONY: cli
cli: $(LINKED) ## Administer the running stack: make cli ARGS="offer list" (ARGS=--help for all)
	@$(BIN)/python -m infra.cli $(ARGS)

##@ Check

# A file of tests a process, each process with servers and databases of its own.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile
.PHONY: test
test: $(LINKED) ## Run all tests (PYTEST_ARGS="-k name" for some)
	$(BIN)/pytest $(SIDE_BY_SIDE) $(PYTEST_ARGS)

.PHONY: coverage
coverage: $(LINKED) ## Run all tests, write htmlcov/, fail under 95 % branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage html --quiet
	$(BIN)/coverage report --fail-under=95

SECONDS_OF_SOAK = $(if $(filter command%,$(origin SECONDS)),$(SECONDS),60)
.PHONY: soak
soak: $(LINKED) ## Random traffic with random faults, then every promise (SECONDS=60 SEED=...)
	@PYTHONPATH=.:infra/migrations $(BIN)/python -m tests.soak --seconds $(SECONDS_OF_SOAK) $(if $(SEED),--seed $(SEED))

.PHONY: check
check: $(LINKED) checkov ## Lint, types, import directions, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m infra.openapi --check
	$(BIN)/cfn-lint $(TEMPLATES)
	$(SAM) validate --lint

.PHONY: checkov
checkov: .venv-checkov/.installed $(LINKED) ## Look for weaknesses in the templates
	@$(BIN)/python -m infra.deploy.transformed build/transformed.json
	.venv-checkov/bin/checkov --config-file infra/checkov.yaml --skip-download \
		--file $(TEMPLATES) build/transformed.json

.PHONY: bench
bench: $(LINKED) ## Measure start-up, warm requests, growth and size against their budgets (BENCH="warm")
	PYTHONPATH=infra/migrations $(BIN)/python -m tests.bench $(BENCH)

.PHONY: format
format: $(LINKED) ## Format the code and sort its imports
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

##@ Build

.PHONY: build
build: $(LINKED) ## Build functions and layers into .aws-sam (needs python3.13)
	@test -n "$(PYTHON_OF_RUNTIME)" || { \
		echo "sam build needs a python3.13, the functions' runtime, and found none on PATH" >&2; exit 1; }
	PATH="$(PYTHON_OF_RUNTIME):$$PATH" $(SAM) build

.PHONY: deploy
deploy: $(LINKED) ## Deploy a stage: STAGE=dev (PARAMETERS="Name=value …" beside those of samconfig.toml)
	@test -n "$(STAGE)" || { echo "say which: make deploy STAGE=dev" >&2; exit 2; }
	@test -n "$(PYTHON_OF_RUNTIME)" || { \
		echo "sam build needs a python3.13, the functions' runtime, and found none on PATH" >&2; exit 1; }
	@PATH="$(PYTHON_OF_RUNTIME):$$PATH" $(BIN)/python -m infra.deploy $(STAGE) $(PARAMETERS)

.PHONY: openapi
openapi: $(LINKED) ## Write the OpenAPI document from the handlers
	$(BIN)/python -m infra.openapi

.PHONY: clean
clean: ## Remove builds, caches and the environment (the stack's data stays)
	rm -rf .venv .venv-checkov .aws-sam .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
		.hypothesis .coverage .coverage.* htmlcov *.egg-info

# --- the environment ----------------------------------------------------------------------------

$(INSTALLED): requirements-dev.txt constraints-dev.txt layers/dependencies/requirements.txt
	@infra/make-venv
	@touch $@

.venv-checkov/.installed: infra/checkov-requirements.txt $(INSTALLED)
	@echo "Installing checkov into .venv-checkov (once; half a minute) ..."
	@$(BIN)/python -m venv .venv-checkov
	@.venv-checkov/bin/pip install -qq --disable-pip-version-check -r infra/checkov-requirements.txt
	@touch $@

# The project's own name, package folder and commands; quick, so that a changed setting costs little.
$(LINKED): $(INSTALLED) pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@
