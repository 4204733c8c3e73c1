#!/usr/bin/env bash
# Runs every static check and says at the end which ones failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
BIN=.venv/bin
failed=()

check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    printf '  ok      %s\n' "$name"
  else
    printf '%s\n  FAILED  %s\n' "$output" "$name"
    failed+=("$name")
  fi
}

check "lint"                $BIN/ruff check -q .
check "formatting"          $BIN/ruff format -q --check .
check "types"               $BIN/mypy
check "import rules"        $BIN/lint-imports
check "generated documents" $BIN/python -m tools.generate_docs --check

[ ${#failed[@]} -eq 0 ] && exit 0
printf 'check: failed: %s\n' "${failed[*]}" >&2
exit 1
