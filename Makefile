# make run: everything a fresh machine needs, then the page. make test: the same for the tests, then all checks.
# Re-running either is quick: what is installed is not installed again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVAL ?= ../shared/eval

.PHONY: run setup setup-dev chromium test test-long lint types bench train clean

run: setup
	$(BIN)/python ui.py $(ARGS)

setup: $(VENV)/installed

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m index
	touch $@

setup-dev: setup $(VENV)/installed-dev chromium

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# A Chromium on the machine serves; otherwise the system's package, or else the one that Playwright brings.
chromium: $(VENV)/installed-dev
	@command -v chromium chromium-browser google-chrome >/dev/null \
	|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } \
	|| $(BIN)/python -m playwright install chromium

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

test: lint types
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

# What takes minutes, such as killing every kind of work at 50 moments.
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

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
