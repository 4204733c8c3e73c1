# RumiAI on one machine. `make` alone prints this menu; every target installs what it needs first and skips what is there.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
BIN := .venv/bin
PYTEST_ARGS ?=

.PHONY: help demo test check setup setup-tests bench accuracy truth chaos lock docs secrets clean

help:  ## print this menu
	@echo "RumiAI: make <target>"
	@sed -nE 's/^([a-z-]+):.*  ## (.*)$$/\1|\2/p' Makefile | awk -F'|' '{printf "  %-9s %s\n", $$1, $$2}'

demo: setup  ## install, make sample videos, run a whole batch, print where the PDFs are
	@$(BIN)/rumiai demo

test: setup-tests  ## install and run every test, the short crash tests included
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: setup  ## lint, formatting, types, import rules, drift of the generated documents
	@bash tools/check.sh

setup:  ## install Python packages from requirements.lock, and missing system libraries
	@bash tools/setup.sh

setup-tests:
	@bash tools/setup.sh --tests

bench: setup  ## analysis time against a plain decode per engine, and the bus cost per message
	@$(BIN)/python -m bench

accuracy: setup  ## every engine against clips whose truth is known, with n and targets
	@$(BIN)/python -m bench.accuracy

truth: setup  ## how often the trainer finds patterns in shuffled labels and misses planted ones
	@$(BIN)/python -m bench.truth

chaos: setup-tests  ## only the crash tests: services and the bus killed in the middle of a batch
	@$(BIN)/python -m pytest -m chaos $(PYTEST_ARGS)

lock: setup  ## compile requirements.in to requirements.lock: pinned, hashed, with the overrides, no index addresses
	@$(BIN)/uv pip compile requirements.in --override requirements.overrides --generate-hashes --no-emit-index-url \
	  --python-version 3.11 --output-file requirements.lock --custom-compile-command "make lock" --quiet $(LOCK_ARGS)
	@echo "requirements.lock is compiled; run make test before you commit it."

docs: setup  ## regenerate docs/schemas, docs/asyncapi.json and docs/features.md from the code
	@$(BIN)/python -m tools.generate_docs

secrets: setup  ## make the keys and passwords that compose.yaml mounts
	@$(BIN)/python -m tools.make_secrets

clean:  ## remove the environment, caches and demo output; data/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist demo
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
