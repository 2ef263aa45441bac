# make run    everything an Inkstand needs, then Inkstand itself
# make test   the whole suite: lint, types, import contracts, tests, browser tests where they can be
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

help:  ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1	\2/' | expand -t 20

venv: .venv/run.done  ## the environment alone

run: venv  ## start it all; Ctrl-C stops it
	@exec $(BIN)/inkstand up

demo: venv  ## beside a replay of a real news day, 60 times as fast (where ../shared is); else the demo edition
	@if [ -f $(SHARED)/tools/replay.py ]; then exec $(BIN)/inkstand replay; else exec $(BIN)/inkstand demo; fi

test: .venv/test.done chromium epubcheck  ## everything that must hold
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 -m "not browser and not whole"
	@$(BIN)/python -m pytest -n 2 -m "browser or whole" -rs

chromium:
	@tools/chromium

epubcheck:
	@tools/epubcheck

requirements:  ## pin requirements.in again (wants uv in the environment)
	@tools/pin

# A Debian without python3-venv says so in words; as root we put it in place.
.venv/made.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Inkstand wants Python 3.11 or newer; name one: make PYTHON=python3.11"; exit 1; }
	@echo "environment  .venv, with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/ensurepip
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.done: .venv/made.done requirements.txt pyproject.toml
	@echo "packages     from requirements.txt, each checked by its hash"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.done: .venv/run.done requirements-dev.txt
	@echo "packages     from requirements-dev.txt, for the tests"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help venv run demo test chromium epubcheck requirements
