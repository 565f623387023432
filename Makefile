# make run | make serve | make test | make bench: each installs what it needs, on a machine with nothing but Python 3.11+.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run serve test bench before check audit lint frame figures browser database proxy clean

run: .venv/run.stamp
	$(BIN)/python -m serve

# As on a server: make serve NAME=atlas.example.cn ADDRESS=0.0.0.0 PORT=8501 BASE_PATH=/atlas; deploy/ has the rest.
serve: .venv/run.stamp
	$(BIN)/python -m serve --log --address $(or $(ADDRESS),127.0.0.1) --port $(or $(PORT),8501) --name "$(NAME)" --base-path "$(BASE_PATH)"

test: .venv/dev.stamp browser database proxy lint check
	$(BIN)/pytest -n auto --dist worksteal --ignore=tests/browser
	$(BIN)/pytest tests/browser -n 2 --dist loadfile --reruns 1 -r R  # two browsers; the tests of a file go on in one page

lint: .venv/dev.stamp frame
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: .venv/run.stamp
	$(BIN)/python -m layers check
	$(BIN)/python -m plans coverage

# Asks PyPI's service of known weaknesses, and says so where it cannot be reached.
audit: .venv/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/python -m tests.audit

figures: .venv/dev.stamp
	$(BIN)/python -m benchmarks.figures

bench: .venv/dev.stamp browser
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.api
	$(BIN)/python -m benchmarks.large
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.kills
	$(BIN)/python -m benchmarks.reviewers
	$(BIN)/python -m benchmarks.desk
	$(BIN)/python -m benchmarks.fuzz

# This build beside an earlier one, in turns in one run: make before COMMIT=171aa64
before: .venv/dev.stamp browser
	git worktree add --force build/before $(COMMIT)
	$(BIN)/python -m benchmarks.before build/before
	$(BIN)/python -m benchmarks.load --before build/before
	git worktree remove --force build/before

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 以上；用 make PYTHON=python3.11 指定。(Python 3.11 or newer is needed.)"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "正在安装 python3-venv …"; apt-get update -q && apt-get install -y -q python3-venv && $(PYTHON) -m venv .venv; } || \
	  { echo "无法创建虚拟环境，请先安装 python3-venv。(Install python3-venv first.)"; exit 1; }

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -c 'from layers.atlas import bundled; from layers.query.search import index; from layers.web.map import prepare; prepare(bundled()); index(bundled())'  # read the documents once, at installation
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The scripts of the map: types and linter come from npm; the app needs neither.
FRAME := tests/layers/web/frame
frame: $(FRAME)/node_modules/.package-lock.json
	npm run --silent --prefix $(FRAME) check

$(FRAME)/node_modules/.package-lock.json: $(FRAME)/package-lock.json
	@command -v npm >/dev/null || { echo "正在安装 nodejs 与 npm …"; \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs npm; } || \
	  { echo "检查地图脚本需要 npm，请由管理员安装。(Checking the map's scripts needs npm.)"; exit 1; }
	npm ci --silent --no-audit --no-fund --prefix $(FRAME)

# Browser tests drive the system's Chromium; Chinese text needs a CJK font, what drives it libatomic.
browser:
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk' && /sbin/ldconfig -p | grep -q libatomic.so.1 || { \
	  echo "正在安装 Chromium 与中文字体 …"; \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-noto-cjk fontconfig libatomic1; } || \
	  { echo "浏览器测试需要 chromium、fonts-noto-cjk 和 libatomic1，请由管理员安装。(Browser tests need these packages.)"; exit 1; }

# Tests of the store run on both databases; the PostgreSQL server is started by them, on a free port, and ended.
database:
	@ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || { \
	  echo "正在安装 PostgreSQL 与 PostGIS …"; \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql postgresql-postgis; } || \
	  echo "未能安装 PostgreSQL 与 PostGIS，相应测试将跳过。(They could not be installed: their tests are skipped.)"

# Tests of deploy/ go through Debian's nginx on a free port. QGIS is large: its tests run where it is (apt-get install python3-qgis).
proxy:
	@{ ls /usr/sbin/nginx && command -v openssl && command -v curl; } >/dev/null 2>&1 || { \
	  echo "正在安装 nginx、openssl 与 curl …"; \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx-light openssl curl; } || \
	  echo "未能安装 nginx，相应测试将跳过。(It could not be installed: its tests are skipped.)"

clean:
	rm -rf .venv static build
