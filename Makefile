# Every target wraps one command that a person could type; `make` alone lists them.
# Written for GNU make 3.81, which macOS ships, and newer. Every path is relative, so that the
# project's folder may have a space in its name.

PYTHONS := python3.14 python3.13 python3.12 python3.11 python3
PYTHON := .venv/bin/python
PORT ?= 8000
export PORT

# The first Python here that is new enough and has the module named. Each is started, not just looked
# up: a shim on PATH may stand for nothing. What counts is the Python below a virtual environment, as
# the one that is active may be the .venv about to be replaced.
first_python_with = $(shell for python in $(PYTHONS); do "$$python" -c 'import sys, $(1); \
	sys.exit(1) if sys.version_info < (3, 11) else print(sys._base_executable)' 2>/dev/null && break; done)

UV = $(shell uv --version 2>/dev/null)
FOUND = $(call first_python_with,$(if $(UV),venv,ensurepip))
TOO_OLD = This needs Python 3.11 or newer, and none of $(PYTHONS) is: install one and run make again
NO_VENV = This Python cannot make a .venv: install python3-venv (apt-get install python3-venv) and run make again
NO_UV = To lock, install uv (pip install uv) and run make again
READ_ONLY = This folder cannot be written to: copy it to where you may write, and run make there

# uv is used where it is, as it is quicker. It may be gone the next time, so pip is put in when wanted.
MAKE_VENV = $(if $(UV),uv venv --quiet --python "$(FOUND)" .venv,"$(FOUND)" -m venv --without-pip .venv)
INSTALL = $(if $(UV),uv pip install --python $(PYTHON),$(PYTHON) -m ensurepip >/dev/null && \
	$(PYTHON) -m pip install --disable-pip-version-check) --quiet --require-hashes -r
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(ARGS)

.PHONY: help run test quick test-all lint faults serve words lock clean again

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/runtime ## Try the site, with demo content, on http://127.0.0.1:8000 (PORT=8001 changes it)
	DEBUG=1 $(PYTHON) manage.py run

test: .venv/development ## What must pass before a merge (ARGS="--only sqlite -- -k news")
	$(PYTHON) -m tests.everything $(ARGS)

quick: .venv/development ## Lint, layers, statements and the tests of what changed: under a minute
	$(PYTHON) -m tests.everything --quick $(ARGS)

test-all: .venv/development ## Every test on both databases, and the long drills: an hour and more
	$(PYTHON) -m tests.everything --all $(ARGS)

lint: .venv/development ## Only what needs no database: style, templates, migrations, settings
	$(PYTHON) -m tests.everything --only lint

faults: .venv/development ## Kill schedulers at random, at length (ARGS="--seed 7" rolls the same dice)
	$(PYTHON) -m tests.faults --items 100 --kills 200 --restarts 20 $(ARGS)

serve: .venv/runtime ## Serve as in production; the settings come from the environment
	$(PYTHON) manage.py serve

words: .venv/development ## Compile what the desk says, after a change of locale/*/django.po
	$(PYTHON) -m babel.messages.frontend compile --domain django --directory locale

lock: ## Write the requirements files from pyproject.toml (ARGS=--upgrade takes newer versions)
	$(if $(UV),,$(error $(NO_UV)))
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## Remove what can be made again; var/ (the database, the uploads) stays
	rm -rf .venv staticfiles .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Both files below .venv are stamps, set when everything before them is in. Without the first one, or
# when its Python has gone from the machine, .venv is made from nothing: that mends every half-made one.
.venv/runtime: requirements.txt $(if $(shell $(PYTHON) -c 'print(1)' 2>/dev/null),,again)
	$(if $(FOUND),,$(error $(if $(call first_python_with,sys),$(NO_VENV),$(TOO_OLD))))
	$(if $(shell test -w . && echo yes),,$(error $(READ_ONLY)))
	@rm -rf .venv
	@echo 'Making .venv with $(FOUND) and installing $< (a minute or two the first time)'
	@$(MAKE_VENV)
	@$(INSTALL) $<
	@touch $@

# A package that an interruption left half unpacked can pass for a whole one. So the first stamp is
# away while more is installed, and comes back unless the installing was cut short.
.venv/development: requirements-dev.txt .venv/runtime
	@echo 'Installing $<'
	@trap 'exit 1' INT TERM; mv .venv/runtime .venv/unfinished; $(INSTALL) $<; status=$$?; \
	mv .venv/unfinished .venv/runtime; exit $$status
	@touch $@
