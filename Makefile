# Kontor's commands. `make` alone prints them; each installs what it needs and can be run first on a fresh machine.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
DATA ?= kontor-demo
HTTP ?= 127.0.0.1:8080
DIMSE ?= 127.0.0.1:11112

.PHONY: help setup demo test check bench soak clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

setup:  ## install everything for work on Kontor (Debian packages as root)
	@scripts/setup everything

demo:  ## start Kontor with sample studies that are sent to it over DICOM (DATA=DIR HTTP=HOST:PORT DIMSE=HOST:PORT)
	@scripts/setup program
	@exec $(PYTHON) -m demo --data "$(DATA)" --http "$(HTTP)" --dimse "$(DIMSE)"

check:  ## format, lint, types, import contracts, tidiness, documents
	@scripts/setup everything
	@scripts/check

test:  ## all tests, on both engines, with real peers and a real browser
	@scripts/setup everything
	@scripts/run-tests

bench:  ## speeds beside peers and raw ceilings; writes bench/results and docs/performance.md
	@scripts/setup everything
	@$(PYTHON) -m bench

soak:  ## the long runs of the fault tests
	@scripts/setup everything
	@KONTOR_SOAK=1 $(PYTHON) -m pytest tests/faults -q

clean:  ## remove what was installed and built, not your data
	rm -rf .venv web/node_modules web/dist demo/node_modules
