# `make help` lists what can be made. Everything runs in an environment of its own, .venv.

SHELL = /bin/sh
PYTHON ?=
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= auto

.DEFAULT_GOAL = help
.PHONY: help demo test lint format bench bench-spark spark-funnels postgres-funnels fuzz fuzz-guided audit dist mutants new-rule schema catalogue translations older-solver drawings clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/installed ## the example agreement: validated, judged on sample data, its pages built
	@$(BIN)/sla demo build/demo

test: .venv/installed-dev ## run all tests
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(TESTS)

lint: .venv/installed-dev ## style, types, rooms, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sla schema --check
	@$(BIN)/python -m checker.language.extract --check
	@$(BIN)/python -m tools.audit --check

format: .venv/installed-dev ## lay out the code and sort its imports
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: .venv/installed-dev ## measure speed against its bounds, write build/bench.json; LEADS=10M or 100M for larger funnels
	@$(BIN)/python -m tools.bench $(LEADS)

bench-spark: .venv/installed-dev ## a million leads on DuckDB and on Spark: the same results, and how long each takes
	@$(BIN)/python -m tools.bench.engines $(LEADS)

spark-funnels: .venv/installed-dev ## 300 random funnels on Spark, against DuckDB and one lead after the other
	@SLA_SPARK_FUNNELS=300 $(BIN)/python -m pytest tests/funnel/test_spark.py --durations=10

drawings: .venv/installed-dev ## draw the pictures of the documentation anew
	@$(BIN)/python -m tools.drawings

postgres-funnels: .venv/installed-dev ## 300 random funnels in tables of PostgreSQL, against their files and one lead after the other
	@SLA_POSTGRES_FUNNELS=300 $(BIN)/python -m pytest tests/funnel/test_postgres_funnels.py --durations=10

fuzz: .venv/installed-dev ## 200,000 damaged inputs, or CASES=1000; what is wrong is kept in build/fuzz/count.json
	@nice $(BIN)/python -m tests.fuzz $(CASES)

fuzz-guided: .venv/installed-dev ## texts that find new lines of the reader, for SECONDS=60; needs pip install atheris
	@nice $(BIN)/python -m tests.fuzz.guided $(SECONDS)

new-rule: .venv/installed-dev ## scaffold a rule: make new-rule GROUP=unused_names NAME="A person without a role"
	@$(BIN)/python -m tools.new_rule $(if $(GROUP),--group "$(GROUP)") $(if $(NAME),--name "$(NAME)") \
		$(if $(SUBJECT),--subject "$(SUBJECT)")

mutants: .venv/installed-dev ## small mistakes put into logic, rules and measures, or into FILES: do the tests notice?
	@nice -n 15 $(BIN)/python -m tools.mutants $(FILES)

audit: .venv/installed-dev ## the packages that come along and their licences, into THIRD-PARTY.md
	@$(BIN)/python -m tools.audit

dist: .venv/installed-dev ## the wheel and the sdist, the same bytes each time
	@$(BIN)/python -m tools.distribution dist

schema: .venv/installed ## write schema/ anew from the models
	@$(BIN)/sla schema

catalogue: .venv/installed-dev ## collect the texts to translate
	@$(BIN)/python -m checker.language.extract

translations: catalogue ## bring the translators' files in step with the texts; tells how many are left to translate
	@$(BIN)/python -m checker.language.update

older-solver: build/z3-4.15/installed ## the oldest solver that is allowed, for the test that compares two versions

build/z3-4.15/installed: .venv/created
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --upgrade --target $(@D) "z3-solver>=4.15.8,<4.16"
	@touch $@

clean: ## remove what was made, the environment too
	@rm -rf .venv build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/created: tools/environment.sh
	@sh tools/environment.sh .venv $(PYTHON)
	@touch $@

.venv/installed: .venv/created pyproject.toml constraints.txt
	@echo "Installing what it needs, once: a minute or two"
	@$(INSTALL) --editable ".[all]"
	@touch $@

.venv/installed-dev: .venv/created pyproject.toml constraints.txt
	@echo "Installing what it and its tests need, once: a minute or two"
	@$(INSTALL) --editable ".[all,dev]"
	@touch .venv/installed $@
