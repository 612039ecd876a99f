# Set-up is two commands: `make run` and `make test`. Python ≥ 3.11, pip and make are all that is needed.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
READY := .venv/.ready

# The matrices are small: more BLAS threads cost more than they bring.
export OPENBLAS_NUM_THREADS := 1

.PHONY: setup run desk test test-unit test-thorough lint docs format bundle prepare pictures bench calibration mutants faults fuzz kills lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: setup
	$(BIN)/shekara app --port $(PORT)

# A desk to try: made at first, then opened.
desk: setup
	test -f newsroom.desk || $(BIN)/shekara desk new newsroom.desk
	$(BIN)/shekara app --port $(PORT) --desk newsroom.desk

# Each worker begins with half of the tests in their order, so that what a file shares is mostly made once. Bytecode is
# kept, whatever the shell says: else each worker, and each process that a test starts, compiles all modules anew.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal -q

test: setup
	$(PYTEST) -m "not thorough"

# Of these, the ones of single functions and the vectors: without a browser, whole commands, the app and publications.
test-unit: setup
	$(PYTEST) -m "not (thorough or browser or whole)"

# What tries one property many times over, and the properties of the quick tests on more examples.
test-thorough: setup
	SHEKARA_THOROUGH=1 $(PYTEST) -m thorough

lint: setup node_modules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(NPM) run lint
	$(NPM) run build -- --check

# Node and npm come from a wheel; what they install is needed to build and check the page's scripts, never to run them.
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm
node_modules: package.json package-lock.json | setup
	$(NPM) ci --ignore-scripts --silent
	touch $@

bundle: setup node_modules
	$(NPM) run build

docs: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the built-in data give, kept beside them: after a change of theirs or of the code it rests on.
prepare: setup
	$(BIN)/python tools/prepare.py

# The README's pictures, of today's page and app.
pictures: setup
	$(BIN)/python tools/pictures.py

# The peers are for this alone; what can't be installed is said to be absent in the tables.
bench: setup
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	$(BIN)/python -m benchmarks

calibration: setup
	$(BIN)/python -m benchmarks.calibration

# Small faults of the code, drawn with a fixed seed, and faults that once would have gone unnoticed: do the tests see them?
mutants: setup
	$(BIN)/python tools/mutants.py --number $(or $(NUMBER),600)

faults: setup
	$(BIN)/python tools/faults.py

# Hostile files for every reader and command, and kills of every command that writes: as many as are asked for.
fuzz: setup
	$(BIN)/python tests/fuzz/harness.py all $(or $(NUMBER),2000)

kills: setup
	$(BIN)/python tests/kills.py $(or $(NUMBER),200)

# Names every package with its hashes and no host.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet --output-file requirements.lock
	$(BIN)/uv pip compile benchmarks/requirements.in --constraint requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet \
	  --output-file benchmarks/requirements.lock

clean:
	rm -rf .venv build dist site *.egg-info
