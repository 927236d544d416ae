# make run: everything a fresh machine needs, then the page. make test: the same for the tests, then all checks.
# Re-running either is quick: what is installed is not installed again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVAL ?= ../shared/eval

# PyPI's torch for Linux is the CUDA build, 2.5 GB more to download. PyTorch's own index has the CPU build.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run setup setup-dev chromium tesseract test lint types test-long bench lock audit train clean

run: setup
	$(BIN)/python ui.py $(ARGS)

setup: $(VENV)/installed

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
ifeq ($(shell uname),Linux)
	$(PIP_INSTALL) --no-deps --index-url $(TORCH_INDEX) $$(grep -o '^torch==[^ ]*' requirements.txt) \
	|| { echo "no CPU build of torch at $(TORCH_INDEX); TORCH_INDEX=... names another index" >&2; exit 1; }
endif
	$(PIP_INSTALL) -r requirements.txt
	$(BIN)/python -m index
	touch $@

setup-dev: setup $(VENV)/installed-dev chromium tesseract

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt requirements-cluster.txt
	$(PIP_INSTALL) -r requirements-dev.txt
	touch $@

# A Chromium on the machine serves; otherwise the system's package, or else the one that Playwright brings.
chromium: $(VENV)/installed-dev
	@command -v chromium chromium-browser google-chrome >/dev/null \
	|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } \
	|| $(BIN)/python -m playwright install chromium

# Recognises scanned pages. Without it, the tests that need it are skipped, and say so.
tesseract:
	@tesseract --list-langs 2>/dev/null | grep -qx ind \
	|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	     && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y tesseract-ocr tesseract-ocr-ind >/dev/null; } \
	|| echo "no tesseract with Indonesian: scanned PDFs are not tested" >&2

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

test: lint types
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

# What takes minutes: processes killed at fifty moments, a cluster of two nodes, 64 clients for two minutes.
test-long: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest -m long

bench: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.speed
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.retrieval
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks --eval $(EVAL)

# The reader's weights, anew: an hour and a half on two cores that compute in 16-bit floats, longer on others.
train: setup-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m training --eval $(EVAL)
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.calibrate --eval $(EVAL) --write

# Every package with the hashes of its files, anew: after a change of requirements.txt or requirements-dev.txt.
lock: setup-dev
	$(BIN)/python -m locking renew

# Whether requirements, locks and what is installed agree, and what is known against it; says so if it cannot ask.
audit: setup-dev
	$(BIN)/python -m locking audit

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
