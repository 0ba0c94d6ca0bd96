# What a user or developer of Embargo does most; `make` alone lists it. Needs Python 3.11 to 3.13, make and git.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv install demo serve lint test coverage lock lock-check neo4j bench model evaluate docs clean

# Where it is set, every process compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/uv pip install --quiet --python $(BIN)/python
PORT ?= 8000
NEO4J_PORT ?= 7687
JOBS ?= 2

help: ## list these targets
	@sed -n 's/^\([a-z][a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do \
	    printf '  make %-12s %s\n' "$$target" "$$text"; done

venv: $(BIN)/uv ## make .venv with the system's Python (or PYTHON=…) and bring uv into it

install: .venv/installed ## install Embargo and what it needs, hashes checked

demo: .venv/installed ## load the samples, print triples and answers, then serve (SERVE=0: end there)
	@PORT=$(PORT) sh dev/demo.sh

serve: .venv/installed ## the query service on http://127.0.0.1:8000 (PORT=…), over EMBARGO_STORE
	$(BIN)/embargo serve --port $(PORT)

lint: .venv/installed-dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint ## lint, then the whole suite in JOBS=2 processes; over Neo4j too where Java and Maven are (TESTS=… narrows)
	OMP_NUM_THREADS=1 $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(TESTS)

coverage: .venv/installed-dev ## the whole suite with the lines and branches that no test runs
	OMP_NUM_THREADS=1 $(BIN)/pytest -n $(JOBS) --dist loadfile --cov --cov-report=term $(TESTS)

lock: $(BIN)/uv ## renew the lock files from pyproject.toml (UPGRADE=1: to the newest versions)
	@UPGRADE=$(UPGRADE) sh dev/lock.sh renew

lock-check: $(BIN)/uv ## tell whether the lock files agree with pyproject.toml
	@sh dev/lock.sh check

neo4j: .venv/installed ## start a local Neo4j: by docker compose, else from Maven Central on Java 17+
	@if docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then \
	    docker compose up --detach --wait neo4j; \
	else \
	    exec $(BIN)/python -m dev.neo4j_server --port $(NEO4J_PORT); \
	fi

bench: .venv/installed-dev ## measure speed and memory
	$(BIN)/python -m bench

evaluate: .venv/installed-dev ## measure extraction on the annotated texts (SHARED=folder that holds data/)
	@OMP_NUM_THREADS=1 $(BIN)/python -m bench.evaluate $(SHARED)

model: .venv/installed-dev ## train the parser again (TREEBANKS=folder of Universal Dependencies)
	OMP_NUM_THREADS=1 $(BIN)/python -m loaders.text.train $(TREEBANKS)

docs: .venv/installed-dev ## build the site of docs/ into build/site; a broken link fails
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=. $(BIN)/python -m mkdocs build --quiet --strict

clean: ## remove what the other targets made, except .venv and Neo4j's data
	rm -rf .demo build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

$(BIN)/uv:
	@sh dev/venv.sh .venv

# The build tools of the editable install come from the development lock, hash checked as well.
.venv/installed: requirements.lock pyproject.toml | $(BIN)/uv
	@echo 'Installing what Embargo needs …'
	@$(PIP) --require-hashes --requirements requirements.lock
	@$(PIP) --no-deps --build-constraints requirements-dev.lock --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo 'Installing what its development needs …'
	@$(PIP) --require-hashes --requirements requirements-dev.lock
	@touch $@
