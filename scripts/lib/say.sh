# Sourced by run, test and the scripts: how they speak.
# shellcheck shell=bash

# say TEXT: one line of progress, on standard error so that output can be piped.
say() {
    printf '==> %s\n' "$*" >&2
}

# fail TEXT: one line that says what is missing, then the end.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# quietly LOG CMD…: run CMD with its output in the file LOG; show the end of LOG if it fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        tail -n 25 "$log" >&2
        return 1
    fi
}
