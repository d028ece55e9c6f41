# Build, run and check gputerm. `make` alone prints what there is.

# Any Python from 3.11 on; .venv is made with it. make PYTHON=python3.13 run
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv/bin
CODE := gputerm scripts tests benchmarks

# make run ARGS='--config my.toml -e vim'; make test ARGS='tests/vt -k resize'
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run build setup setup-dev test test-interpreted test-versions check format golden bench profile fuzz asan soak oracles \
	conformance driving gen annotate wheel wheel-check clean

help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## open gputerm on your shell, or draw a picture where there is no display (ARGS=...)
	@$(VENV)/python scripts/run.py $(ARGS)

build: setup ## install what running needs and compile the core

test: setup-dev ## run the tests, on two cores (ARGS=...)
	$(VENV)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-interpreted: setup-dev ## run the core's tests without compiled code, where numpy checks bounds
	GPUTERM_INTERPRETED=1 $(VENV)/python -m pytest $(or $(ARGS),tests/vt)

test-versions: setup-dev ## run what libraries do with the lowest and the newest versions allowed (ARGS=...)
	$(VENV)/python scripts/versions.py $(ARGS)

check: setup-dev ## formatting, lint, types, stubs of compiled modules, import rule
	$(VENV)/ruff format --check $(CODE)
	$(VENV)/ruff check $(CODE)
	$(VENV)/mypy
	$(VENV)/python scripts/check_stubs.py
	$(VENV)/python -m pytest -q tests/test_architecture.py

format: setup-dev ## let ruff format and mend
	$(VENV)/ruff format $(CODE)
	$(VENV)/ruff check --fix $(CODE)

golden: setup-dev ## record the golden pictures and screens anew; look at the diff before committing it
	GPUTERM_GOLDEN=record $(VENV)/python -m pytest -q $(or $(ARGS),tests/render tests/vt tests/conformance)

bench: setup-dev ## measure core, frames, start and whole terminals beside their peers (ARGS=--quick)
	@$(VENV)/python benchmarks/everything.py $(ARGS)

profile: setup-dev ## say where time goes in a frame; ARGS=core for the core, ARGS=start for a start
	@$(VENV)/python benchmarks/profiling.py $(ARGS)

fuzz: setup-dev ## fuzz the core, the config loader, IPC and keys (ARGS='--minutes 60'); goes on where it ended
	@$(VENV)/python -m pip -q --disable-pip-version-check install -r tests/fuzz/requirements.txt
	@PYTHONPATH=.:tests:tests/fuzz $(VENV)/python tests/fuzz/fuzz.py $(ARGS)

asan: setup-dev ## run the core's tests and the fuzzer's corpus with ASan, UBSan and bounds checks (ARGS='--minutes 10')
	@$(VENV)/python scripts/asan.py $(ARGS)

soak: setup-dev ## look for what is left behind (ARGS='--windows 5000 --gigabytes 10 --requests 100000')
	@PYTHONPATH=. $(VENV)/python benchmarks/soak.py $(ARGS)

oracles: setup-dev ## compare the core with ghostty's, Alacritty's, Rio's and xterm.js's (ARGS='--minutes 10')
	@$(VENV)/python -m pip -q --disable-pip-version-check install -r tests/conformance/requirements.txt
	@PYTHONPATH=. $(VENV)/python tests/conformance/oracles.py $(ARGS)

driving: setup-dev ## compare gputerm.testing with tui-test, pexpect and tmux (ARGS='--runs 5', ARGS='--flakes 200')
	@$(VENV)/python -m pip -q --disable-pip-version-check install -r benchmarks/four_tests/requirements.txt
	@PYTHONPATH=. $(VENV)/python benchmarks/driving.py $(ARGS)

conformance: setup-dev ## run esctest2 (ESCTEST=folder of esctest.py) and, if installed, ucs-detect
	@$(VENV)/python -m tests.conformance.esctest $(ARGS)
	@if command -v ucs-detect >/dev/null; then $(VENV)/python -m tests.conformance.ucs_detect; fi

gen: setup-dev ## write what is made of tables anew (ARGS=fetch or a directory: widths too, of Unicode's database)
	@$(VENV)/python -m gputerm.tools.generate $(ARGS)

annotate: setup-dev ## show in build/annotate what Cython made of the core: yellow lines call Python
	$(VENV)/python scripts/annotate.py

wheel: setup-dev ## build a wheel in dist/
	$(VENV)/python -m build --wheel

wheel-check: wheel ## install the wheel into an empty environment and draw a picture with it
	sh scripts/wheel_check.sh $(PYTHON)

clean: ## remove everything that make made
	rm -rf .venv .make build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find gputerm tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find gputerm -name '*.so' -delete

setup: python
	@"$(PYTHON)" scripts/bootstrap.py run

setup-dev: python
	@"$(PYTHON)" scripts/bootstrap.py test

.PHONY: python
python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'gputerm needs Python 3.11 or newer, which "$(PYTHON)" is not: make PYTHON=/path/to/python3' >&2; exit 1; }
