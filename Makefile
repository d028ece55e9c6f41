# Build, run and check gputerm. `make` alone prints what there is.
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

.PHONY: build
build: ## compile the core in place (.so beside the .py)
	$(VENV_PYTHON) -W ignore -c "from setuptools import setup; setup()" -q build_ext --inplace
