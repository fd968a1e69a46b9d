# Two commands are enough: `make run` opens the desk, `make test` proves it. The rest is for developers.
# Pass arguments on with ARGS:  make run ARGS="--sample"   make test ARGS="-k commitment"

.DEFAULT_GOAL := help
.PHONY: help run test bench check frozen install-desktop clean setup
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python

help:
	@echo "make run     set everything up and open the desk"
	@echo "make test    set everything up and run every test that needs no screen"
	@echo "make bench   measure the figures and print a table of ratios"
	@echo "make check   ruff, mypy, import-linter and the files for the desktop's menu"
	@echo "make frozen  build the packaged program into dist and try it"
	@echo "make install-desktop  put the desk into your desktop's menu (out again: ARGS=--remove)"
	@echo "make clean   remove everything made here; the desk's own data stays"

setup:
	@bash .ci/setup

run:
	@bash .ci/display
	@bash .ci/setup --window
	@exec $(PY) -m desktop $(ARGS)

test: setup
	@$(PY) -m pytest -n 3 --dist loadfile $(ARGS)

bench: setup
	@$(PY) -m tests.benchmarks $(ARGS)

check: setup
	@bash .ci/check

frozen: setup
	@bash .ci/frozen $(ARGS)

install-desktop:
	@bash .ci/setup --window
	@$(PY) -m desktop menu-entry $(ARGS)

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
