# make run: everything a fresh machine needs, then the page. make test: the same for the tests, then all checks.
# Re-running either is quick: what is installed is not installed again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVAL ?= ../shared/eval

# PyPI's torch for Linux is the CUDA build, 2.5 GB more to download. PyTorch's own index has the CPU build.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The lock files hold for Linux on x86-64, Python 3.11 and the CPU build of torch.
COMPILE := $(BIN)/python -m uv pip compile --quiet --generate-hashes --no-annotate --custom-compile-command "make lock" \
	--python-version 3.11 --python-platform x86_64-manylinux_2_28 --torch-backend cpu

# Two jobs at once: the system's packages beside Python's, the index beside what the tests need on top.
MAKEFLAGS += --jobs=2
HAS_CHROMIUM := { $(foreach name,chromium-headless-shell chromium chromium-browser google-chrome,command -v $(name) ||) false; } >/dev/null
HAS_TESSERACT := tesseract --list-langs 2>/dev/null | grep -qx ind

.PHONY: run setup setup-dev packages chromium tesseract test lint types test-long bench lock audit train clean

run: setup
	$(BIN)/python ui.py $(ARGS)

setup: $(VENV)/indexed

$(VENV)/installed: requirements.txt requirements-cluster.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
ifeq ($(shell uname),Linux)
	$(PIP_INSTALL) --no-deps --index-url $(TORCH_INDEX) $$(grep -o '^torch==[^ ]*' requirements.txt) \
	|| { echo "no CPU build of torch at $(TORCH_INDEX); TORCH_INDEX=... names another index" >&2; exit 1; }
endif
	$(PIP_INSTALL) --editable .
	touch $@

$(VENV)/indexed: $(VENV)/installed
	$(BIN)/python -m index
	touch $@

setup-dev: setup $(VENV)/installed-dev chromium tesseract

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(PIP_INSTALL) -r requirements-dev.txt
	touch $@

# What the tests need of the system, on Debian, while Python's packages install: a Chromium, and text recognition.
packages:
	@{ $(HAS_CHROMIUM) && $(HAS_TESSERACT); } \
	|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	     && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
	        chromium-headless-shell tesseract-ocr tesseract-ocr-ind >/dev/null; } \
	|| true

chromium: $(VENV)/installed-dev packages
	@$(HAS_CHROMIUM) || $(BIN)/python -m playwright install --only-shell chromium

# Without it, the tests of scanned pages are skipped, and say so.
tesseract: packages
	@$(HAS_TESSERACT) || echo "no tesseract with Indonesian: scanned PDFs are not tested" >&2

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

# Two processes: one has the browser's tests, which share a Chromium and a server; a file's tests stay together.
test: setup-dev lint types
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# What takes minutes: processes killed at fifty moments, a cluster of two nodes, 64 clients for two minutes, and the
# page on other screens and in its rarer moments.
test-long: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest -m long

bench: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.retrieval
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks --eval $(EVAL)

# The reader's weights, anew: an hour and a half on two cores that compute in 16-bit floats, longer on others.
train: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m training --eval $(EVAL)
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.calibrate --eval $(EVAL) --write

# The lock files, anew: after a change of the requirements. What is locked stays as it is where it still fits; to have
# the newest of everything that is not pinned, delete the lock files first.
lock: $(VENV)/installed-dev
	$(COMPILE) --output-file requirements.lock requirements.txt
	$(COMPILE) --output-file requirements-dev.lock --constraints requirements.lock requirements-dev.txt

# Known weaknesses of what is locked. A package whose advisories cannot be looked up is an error; PyPI has them by the
# version alone, without the name of the build.
audit: $(VENV)/installed-dev
	sed 's/+cpu//' requirements-dev.lock \
	| $(BIN)/python -m pip_audit --strict --disable-pip --progress-spinner off --requirement /dev/stdin

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
