# 命令 · commands:
#   make run                      核对自带的样例 · check the samples; make run IN=报告文件夹 OUT=out for reports of your own
#   make test                     规范、类型和全部测试 · style, types and every test
#   make bench                    批量读取的速度、内存与扩展，写入 docs/bench/ · bulk reading measured, into docs/bench/; BENCH="--sizes 10000 --parts sizes"
#   make docs                     文档网站，在 build/docs/ · the documentation as a site
PYTHON ?= python3
VENV ?= .venv
IN ?= annotations/samples
OUT ?= out
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet install --constraint constraints.txt

.PHONY: run test lint style types tests bench docs clean help
.DEFAULT_GOAL := help

help:
	@sed -n '1,5s/^# \{0,1\}//p' Makefile

# 1: some files could not be read; the summary has said which
run: $(VENV)/.run
	@$(BIN)/hedui run "$(IN)" -o "$(OUT)" || [ $$? -eq 1 ]

# types are checked beside the tests, on what they leave of two cores
test: style
	@$(MAKE) --no-print-directory --jobs=2 types tests

lint: style types

style: $(VENV)/.test
	@$(BIN)/ruff check .

types: $(VENV)/.test
	@$(BIN)/mypy
	@$(BIN)/mypy pipelines/*.py

# files go out in the order of tests/slowest.txt, whatever number of tests they hold; compiled code is kept, or every command that a test starts
# compiles the package anew; one thread each, or threads of two tests on two cores wait for one another
tests: $(VENV)/.test
	@env -u PYTHONDONTWRITEBYTECODE OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder tests docs src/hedui --ignore=src/hedui/store/migrations

bench: $(VENV)/.bench
	@$(BIN)/python benchmarks/bulk.py $(BENCH)
	@$(BIN)/python benchmarks/cost_model.py

docs: $(VENV)/.docs
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo "build/docs/index.html"

clean:
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新 · Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "正在安装，首次约需一两分钟 · installing, the first time takes a minute or two …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "正在安装测试所需 · installing what the tests need …"
	@$(PIP) --editable '.[dev,train]'
	@touch $@ $(VENV)/.run

$(VENV)/.docs: pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) --editable '.[docs,research]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: pyproject.toml constraints.txt | $(BIN)/python
	@echo "正在安装测量所需 · installing what measuring needs …"
	@$(PIP) --editable '.[bench]'
	@touch $@ $(VENV)/.run
