# `make demo` and `make test` each work as the first command on a fresh machine with Python 3.11, git and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test test-browser test-deep check format bench serve clean

# The main job: an invented agency, a report of its last month, and a server to ask for more.
demo: $(READY)
	$(BIN)/gnomon demo

# All tests; PostgreSQL, Node.js and Chromium are installed where they are missing and may be.
test: $(READY) check
	sh tools/install-postgres
	sh tools/install-node
	sh tools/install-chromium
	$(BIN)/python -m compileall -q src tests  # the tests start some hundred processes
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/house  # which `check` has run

# Journeys through the pages in Debian's Chromium, each in every way: desk and phone, with and without script.
test-browser: $(READY)
	sh tools/install-chromium
	GNOMON_TEST_PROFILE=deep $(BIN)/python -m pytest -n 2 tests/pages/browser

# The same with 10,000 examples per property.
test-deep: $(READY)
	GNOMON_TEST_PROFILE=deep $(BIN)/python -m pytest tests/properties tests/track -n 2

# What must hold before every commit.
check: $(READY)
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/house

format: $(READY)
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

# Figures into benchmarks/RESULTS.md; SIZES=10000,100000,1000000,10000000 for more.
bench: $(READY)
	sh tools/install-postgres
	$(BIN)/python -m benchmarks --write $(if $(SIZES),--sizes $(SIZES))

# A server on ./gnomon-data.
serve: $(READY)
	$(BIN)/gnomon serve

$(READY): requirements-dev.lock pyproject.toml
	sh tools/make-venv $(PYTHON)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $(READY)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
