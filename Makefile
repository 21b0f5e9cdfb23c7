# Отклик: everything a newcomer or the CI runs. Needs python3 >= 3.11 and make; the rest comes from the lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/dev.txt
STAMP := $(VENV)/installed
SPARK_LOCK := requirements/spark.txt
SPARK_STAMP := $(VENV)/installed-spark
PORT ?= 8000
HOST ?= 127.0.0.1
JOBS ?= 2
# The checks start hundreds of short processes: none of them should compile the program anew.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help setup run test test-slow check format lock clean

help: ## показать эти строки
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## создать .venv и установить пакеты по списку с хешами

# The stamp holds the lock's own text: a changed lock installs anew, a touched one does not.
$(STAMP): $(LOCK) pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Нужен Python 3.11 или новее, а $(PYTHON) старше: укажите другой, например make setup PYTHON=python3.12." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "У $(PYTHON) нет модуля venv: установите пакет python3-venv (apt-get install python3-venv) и повторите." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if cmp -s $(LOCK) $(STAMP); then touch $(STAMP); else \
		echo "Устанавливаю пакеты по $(LOCK)…"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . && \
		cp $(LOCK) $(STAMP); fi

run: $(STAMP) ## запустить систему с учебными городами: база, страницы, фоновые дела
	$(BIN)/otklik up --demo --host $(HOST) --port $(PORT)

check: $(STAMP) ## проверить вид, типы, порядок импорта и миграции
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy otklik tests bench
	$(BIN)/lint-imports
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

test: check ## всё, что выполняет CI: check и испытания на PostgreSQL и в браузере
	$(BIN)/python -m pytest -n $(JOBS) --dist loadscope --no-loadscope-reorder

test-slow: $(SPARK_STAMP) ## долгие испытания; на Spark — если есть Java 17
	$(BIN)/python -m pytest -m slow -rs

# Three hundred megabytes that nothing else needs. Without them the test of Spark says what it lacks and is skipped.
$(SPARK_STAMP): $(SPARK_LOCK) $(STAMP)
	@echo "Устанавливаю пакеты по $(SPARK_LOCK)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes \
		-r $(SPARK_LOCK) && cp $(SPARK_LOCK) $@ || \
		echo "PySpark не установлен: испытание на Spark будет пропущено." >&2

format: $(STAMP) ## привести код к общему виду
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP) ## пересобрать списки пакетов с хешами
	cd requirements && for name in base dev spark; do ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url $$name.in -o $$name.txt; done

clean: ## убрать .venv и следы проверок; данные в var остаются
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
