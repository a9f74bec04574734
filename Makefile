# Plaza. Everything here works on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help demo test sights check bench fuzz accept screenshots messages demo-audio lock clean

help:  ## what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The stamp files carry the date of the lock they were made from: a changed lock
# is installed at the next command, an unchanged one costs nothing.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Plaza: installing what it runs on (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	@$(BIN)/python tools/link_package.py
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Plaza: installing what its tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.run  ## a living example network on http://127.0.0.1:8000 (PORT=… moves it)
	@exec $(BIN)/plaza demo --port $(PORT)

test: $(VENV)/.dev  ## the ordinary test run
	@$(BIN)/python -m pytest

sights: $(VENV)/.dev  ## every page in every language, light and dark (needs Chromium)
	@PLAZA_EVERY_SIGHT=1 $(BIN)/python -m pytest tests/journeys/test_every_page.py

check: $(VENV)/.dev  ## lint, types, import contracts, migrations, translations
	@$(BIN)/python -m tools.check

bench: $(VENV)/.dev  ## speed and weight, as ratios in one run
	@$(BIN)/python -m tools.bench

fuzz: $(VENV)/.dev  ## wild texts at the text door, 100,000 of them; new inputs for the property tests
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/fuzz.txt \
		|| echo "Plaza: atheris is not to be had here; going on without it."
	@$(BIN)/python -m tools.fuzz
	@PLAZA_HYPOTHESIS=wild $(BIN)/python -m pytest -m hypothesis

accept: $(VENV)/.dev  ## each issue's numbers and "done when" lines, with figures
	@$(BIN)/python -m tools.accept

screenshots: $(VENV)/.dev  ## the pictures of docs/images
	@$(BIN)/python -m tools.screenshots

messages: $(VENV)/.dev  ## collect the words of the pages and compile the four languages
	@$(BIN)/python -m tools.messages

demo-audio: $(VENV)/.dev  ## speak the demo's recordings again (needs espeak-ng and lame)
	@$(BIN)/python -m tools.demo_audio

lock: $(VENV)/.dev  ## resolve the requirements again, with hashes
	@$(BIN)/python -m tools.lock

clean:  ## forget the virtual environment and the demo's data
	rm -rf $(VENV) var
