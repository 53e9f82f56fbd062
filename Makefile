# Two commands: `make run` and `make test`. What they need they install; the second time they work offline.

PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
ENV := .venv/bin/python
FLASK := $(ENV) -m flask --app wsgi
PIP := $(ENV) -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes
PYTEST := $(ENV) -m pytest -n 2
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard exchange/translations/*/LC_MESSAGES/messages.po))
ICONS := exchange/static/vendor/icons.svg

export PATH := $(PATH):$(CURDIR)/.venv/bin
unexport PYTHONPATH PYTHONHOME

.PHONY: run test bench lock machine-run machine-test
.DELETE_ON_ERROR:
.NOTPARALLEL:

run: export EXCHANGE_DEMO = 1
run: machine-run .venv/run $(ICONS) $(CATALOGUES)
	@$(FLASK) db upgrade
	@$(FLASK) operations inhabited || $(FLASK) demo load
	@exec $(FLASK) operations serve

test: machine-test .venv/test $(ICONS) $(CATALOGUES)
	$(ENV) -m ruff check .
	$(ENV) -m ruff format --check .
	$(ENV) -m djlint --lint --quiet templates
	$(ENV) -m mypy
	@$(ENV) -m tests.services postgresql $(PYTEST) -m "not browser and not press"
	@$(ENV) -m tests.services sqlite $(PYTEST)

bench: machine-run .venv/run $(ICONS)
	@$(ENV) -m benchmarks

# What the machine itself must have; nothing happens where it is there.
machine-run machine-test: machine-%:
	@[ -n "$(PYTHON)" ] || { echo "缺少 Python 3.11，请运行 / Python 3.11 or newer is missing, run: sudo apt-get install -y python3" >&2; exit 2; }
	@$(PYTHON) -I exchange/operations/machine.py $*

$(ENV):
	@rm -rf .venv
	@$(PYTHON) -m venv .venv

.venv/run: requirements.lock | $(ENV)
	@echo "安装 Python 软件包 / installing Python packages"
	@$(PIP) -r $< || { echo "安装失败，请联网后重试 / could not install; online, run: $(PIP) -r $<" >&2; exit 2; }
	@touch $@

.venv/test: requirements-dev.lock .venv/run
	@echo "安装测试工具 / installing test tools"
	@$(PIP) -r $< || { echo "安装失败，请联网后重试 / could not install; online, run: $(PIP) -r $<" >&2; exit 2; }
	@touch $@

# Front-end packages by the machine's own npm, else by the one that PyPI brings into .venv.
node_modules/installed: package-lock.json package.json | .venv/run
	@echo "安装前端软件包 / installing front-end packages"
	@command -v npm >/dev/null || $(PIP) -r requirements-node.lock
	@npm ci --ignore-scripts --no-audit --no-fund --silent \
		|| { echo "安装失败，请联网后重试 / could not install; online, run: npm ci --ignore-scripts" >&2; exit 2; }
	@touch $@

$(ICONS): node_modules/installed exchange/core/icons.py
	@$(ENV) -m exchange.core.icons

# A catalogue without a header counts as fuzzy; ours has none, so that nothing in it changes by itself.
%.mo: %.po | .venv/run
	@$(ENV) -m babel.messages.frontend --quiet compile --use-fuzzy --input-file $< --output-file $@

# After a change of dependencies (needs uv and npm). No host may stand in a lock; `funding` holds addresses.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group test --group lint -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group node -o requirements-node.lock
	npm install --package-lock-only --ignore-scripts
	python3 -c "import json; path = 'package-lock.json'; lock = json.load(open(path)); [entry.pop('funding', None) for entry in lock['packages'].values()]; open(path, 'w').write(json.dumps(lock, indent=2) + '\n')"
