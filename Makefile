# `make site` builds the site, `make test` runs all checks. All other commands are in tasks.py.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test
site: .venv/site
	$(BIN)/invoke build
	@echo "The site is in output/. To view it, run $(BIN)/invoke serve and open http://localhost:8000"

test: .venv/test
	sh tools/test_packages.sh
	$(BIN)/invoke test

.venv/site: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

.venv/test: requirements-test.txt requirements-plugins.txt .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--upgrade --target .venv/pelican-plugins -r requirements-plugins.txt
	touch $@
