#!/usr/bin/env bash
# Installs everything from a fresh clone: .venv from requirements.lock (hashes, no dependency resolution), then the system
# libraries that are missing and may be installed. With --tests also a PostgreSQL server. What is there is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly WANTED=3.11 VENV=.venv STAMP=.venv/.setup-stamp
readonly PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0"
LOG=$(mktemp) || exit 1
trap 'rm -f "$LOG"' EXIT

say() { printf '%s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# Runs a command silently; its last lines are shown only when it fails.
quietly() { "$@" >"$LOG" 2>&1 || { tail -n 15 "$LOG" >&2; return 1; }; }

# --- rights and system packages -------------------------------------------------------------------------------------------
SUDO=()
may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo >/dev/null && sudo -n true 2>/dev/null && SUDO=(sudo -n)
}

apt() {
  local run=("${SUDO[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
  "${run[@]}" install -y --no-install-recommends "$@" >"$LOG" 2>&1 </dev/null && return 0
  "${run[@]}" update >>"$LOG" 2>&1 </dev/null && "${run[@]}" install -y --no-install-recommends "$@" >>"$LOG" 2>&1 </dev/null
}

# --- Python ---------------------------------------------------------------------------------------------------------------
usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python$WANTED python3 python /usr/bin/python$WANTED /usr/local/bin/python$WANTED \
    "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/$WANTED*/bin/python$WANTED; do
    if usable "$candidate"; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return 0
    fi
  done
  return 1
}

ensure_python() {
  PYTHON_FOUND=$(find_python) && return 0
  if may_install; then
    say "Installing Python $WANTED ..."
    apt python$WANTED python$WANTED-venv && PYTHON_FOUND=$(find_python) && return 0
  fi
  stop "Python $WANTED with its venv module is needed: install it (Debian and Ubuntu: apt install python$WANTED python$WANTED-venv) and run make again."
}

# --- the environment ------------------------------------------------------------------------------------------------------
stamp() { { cat requirements.lock pyproject.toml; pwd -P; } | sha256sum | cut -d' ' -f1; }

# The lines of one package in the lock, hashes included.
pinned() { awk -v name="$1==" 'index($0, name) == 1 {on = 1} on {print} on && !/\\$/ {exit}' requirements.lock; }

# Hands a value of pip's configuration (environment first, then files) to uv, which reads only its own.
hand_over() {
  local value
  value=$("$VENV/bin/python" -m pip config list 2>/dev/null | sed -nE "s/^(:env:|global|install)\.$1='(.*)'$/\2/p" | head -n 1)
  [ -n "${!2:-}" ] || [ -z "$value" ] || export "$2=$value"
}

# uv installs the whole lock in 16 s where pip takes 71 s; byte code is compiled once here instead of at every process start.
with_uv() {
  pinned uv >"$VENV/uv.lock" && [ -s "$VENV/uv.lock" ] || return 1
  "$VENV/bin/python" -m pip install -q --no-deps --require-hashes -r "$VENV/uv.lock" >"$LOG" 2>&1 || return 1
  hand_over index-url UV_DEFAULT_INDEX
  hand_over cert SSL_CERT_FILE
  VIRTUAL_ENV="$PWD/$VENV" UV_NO_PROGRESS=1 UV_HTTP_RETRIES=${UV_HTTP_RETRIES:-2} \
    "$VENV/bin/uv" pip install -q --no-deps --require-hashes --compile-bytecode -r requirements.lock >"$LOG" 2>&1
}

with_pip() { quietly "$VENV/bin/python" -m pip install -q --no-deps --require-hashes -r requirements.lock; }

ensure_environment() {
  local wanted start=$SECONDS
  wanted=$(stamp)
  [ -x "$VENV/bin/rumiai" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$wanted" ] && return 0
  if ! usable "$VENV/bin/python"; then
    ensure_python
    say "Making $VENV with $("$PYTHON_FOUND" -V) ..."
    quietly "$PYTHON_FOUND" -m venv --clear "$VENV" || stop "The virtual environment $VENV could not be made: see the lines above."
  fi
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
  say "Installing $(grep -c '^[a-z0-9].*==' requirements.lock) pinned packages ..."
  with_uv || with_pip || stop "The pinned packages could not be installed: check that a Python package registry is reachable, then run make again."
  quietly "$VENV/bin/python" -m pip install -q --no-deps --no-build-isolation -e . || stop "The project itself could not be installed: see the lines above."
  printf '%s\n' "$wanted" >"$STAMP"
  say "The environment is ready ($((SECONDS - start)) s)."
}

# --- system libraries -----------------------------------------------------------------------------------------------------
has_pdf_libraries() {
  "$VENV/bin/python" -S -c 'import ctypes
for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset"):
    ctypes.CDLL(f"lib{name}.so.0")' 2>/dev/null
}

has_font() {
  [ -n "$(find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" "${HOME:-/nonexistent}/.local/share/fonts" \
    -name '*.[to]tf' -print -quit 2>/dev/null)" ]
}

ensure_pdf_libraries() {
  local missing=""
  has_pdf_libraries || missing=$PDF_PACKAGES
  has_font || missing="$missing fonts-dejavu-core"
  [ -z "$missing" ] && return 0
  if may_install; then
    say "Installing what PDFs need:$(printf ' %s' $missing) ..."
    # shellcheck disable=SC2086 - a list of package names
    apt $missing || true
  fi
  has_pdf_libraries && has_font && return 0
  stop "PDFs need Pango, HarfBuzz and a font: install them (Debian and Ubuntu: apt install$(printf ' %s' $missing)) and run make again."
}

has_postgresql() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

# Debian starts a database of its own at install unless told otherwise; the tests need only the programs.
install_postgresql() {
  local conf=/etc/postgresql-common/createcluster.conf ours=
  dpkg -s postgresql-common >/dev/null 2>&1 || ours=yes
  apt postgresql-common || return 1
  [ -z "$ours" ] || "${SUDO[@]}" sed -i.rumiai 's/^#*create_main_cluster.*/create_main_cluster = false/' "$conf"
  apt postgresql || true
  [ -z "$ours" ] || "${SUDO[@]}" mv "$conf.rumiai" "$conf"
}

ensure_postgresql() {
  has_postgresql && return 0
  if may_install; then
    say "Installing PostgreSQL for the tests ..."
    install_postgresql || true
  fi
  has_postgresql || say "The tests on a real PostgreSQL are skipped: install its server (Debian and Ubuntu: apt install postgresql) to run them."
}

# --- all of it, one run at a time -----------------------------------------------------------------------------------------
case "${1:-}" in "" | --tests) ;; *) stop "Unknown option $1: the only one is --tests." ;; esac
exec 9<requirements.lock
command -v flock >/dev/null && flock 9
ensure_environment
ensure_pdf_libraries
[ "${1:-}" != --tests ] || ensure_postgresql
