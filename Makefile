# Tocsin: make demo, make test, make benchmark, make wheel, make picture, make clean.
# Needs Python 3.11 or newer and make; everything else goes into .venv by pip.
# Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
CHROMIUM ?= chromium
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test benchmark wheel picture clean
.DELETE_ON_ERROR:

help:
	@echo "make demo       code the sample articles into tocsin.db, print the events, write report.html"
	@echo "make test       ruff, mypy, import-linter and all tests, with coverage"
	@echo "make benchmark  predict and score the visible gold sets in ../shared/benchmarks, and measure speed"
	@echo "make wheel      build dist/tocsin-*.whl"
	@echo "make picture    take docs/images/report.png anew (needs chromium)"
	@echo "make clean      remove everything that make made, .venv too"

# Stamps: what is installed is installed again only when pyproject.toml changes.
$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Tocsin needs Python 3.11 or newer, and $(PYTHON) is older. Run: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "$(PYTHON) cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(INSTALLED)
	$(BIN)/tocsin run samples --store tocsin.db
	$(BIN)/tocsin show --store tocsin.db
	$(BIN)/tocsin incidents --store tocsin.db --several
	$(BIN)/tocsin report --store tocsin.db --output report.html
	@echo "Open report.html in a browser."

test: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

benchmark: $(INSTALLED)
	$(BIN)/python -m benchmarks score e2e --split dev
	$(BIN)/python -m benchmarks score e2e --split dev_b
	$(BIN)/python -m benchmarks reliability
	$(BIN)/python -m benchmarks fields
	$(BIN)/python -m benchmarks gate
	$(BIN)/python -m benchmarks speed

wheel: $(INSTALLED)
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist/*.whl

# --no-sandbox: chromium refuses to run as root in a container otherwise; it opens one local file.
picture: demo
	profile=$$(mktemp -d) && $(CHROMIUM) --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
		--disable-background-networking --disable-component-update --disable-sync --user-data-dir=$$profile \
		--window-size=1280,960 --screenshot=docs/images/report.png file://$(CURDIR)/report.html; \
		status=$$?; rm -rf $$profile; exit $$status

clean:
	rm -rf $(VENV) dist build out tocsin.db tocsin.db-wal tocsin.db-shm report.html .coverage
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests benchmarks training -name __pycache__ -type d -prune -exec rm -rf {} +
