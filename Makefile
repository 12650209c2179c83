# The one task runner. On a fresh machine Python 3.11 to 3.13 and make are enough.
#   make demo ARGS="--children 500"    make test ARGS="-k isolation" WORKERS=0

BIN := .venv/bin
# two to six, as many as processors: each takes up to a gigabyte and a half
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); \
	[ $$n -lt 2 ] && n=2; [ $$n -gt 6 ] && n=6; echo $$n)
# the tests of a file stay together: what they share is made once
TOGETHER := -n $(WORKERS) --dist loadfile
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo run test quick check fmt fmt-check lint types imports docs pins clean environment browser federation

help: ## show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: environment ## everything at once: database, records, figures, reports, web; prints the address
	$(BIN)/annhi demo $(ARGS)

run: environment ## the web server alone
	$(BIN)/annhi serve $(ARGS)

test: environment browser federation ## all tests
	$(BIN)/python -m pytest $(TOGETHER) $(ARGS)

quick: environment federation ## the tests that take less than ten seconds each; all of them: make test
	$(BIN)/python -m pytest $(TOGETHER) -m "not slow" $(ARGS)

check: fmt-check lint types imports test ## all that must hold before a commit

fmt: environment ## format the code
	$(BIN)/ruff format .

fmt-check: environment
	$(BIN)/ruff format --check .

lint: environment ## style and common faults
	$(BIN)/ruff check .

types: environment ## strict type check
	$(BIN)/mypy

imports: environment ## which package may import which
	$(BIN)/lint-imports

docs: environment ## write docs/access.md and docs/entities.md from the running program
	$(BIN)/python -m tools.entities
	$(BIN)/annhi migrate
	$(BIN)/annhi access table --out docs/access.md

pins: environment ## compile requirements*.txt from pyproject.toml; ARGS=--upgrade for newer releases
	@sh tools/bootstrap.sh pins $(ARGS)

clean: ## remove the environment and caches; the database in .annhi stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find core plugins tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh tools/bootstrap.sh environment

browser:
	@sh tools/bootstrap.sh browser

federation:
	@sh tools/bootstrap.sh federation
