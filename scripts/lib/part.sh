# Sourced by the parts of ./test that build something or run GoogleTest programs.
# shellcheck shell=bash

set -uo pipefail
: "${TMS_ROOT:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}"
export TMS_ROOT
cd "$TMS_ROOT" || exit
source scripts/lib/say.sh
source scripts/lib/packages.sh
source scripts/lib/node.sh
source scripts/lib/build.sh

# PostgreSQL's and SQLite's tests carry the engine's name; all others are unit tests.
export kEngineTests='*Sqlite*:*SQLite*:*sqlite*:*Postgre*:*postgre*:*onformance*'

# run_gtests PRESET FILTER [LAYER…]: runs build/PRESET/backend/tests/tms_LAYER_tests, all layers by
# default, also after one failed. Programs that have no test of that filter are passed over.
run_gtests() {
    local preset=$1 filter=$2 program tests status=0
    shift 2
    local programs=("build/$preset/backend/tests/"tms_*_tests)
    if (($#)); then programs=("${@/#/build/$preset/backend/tests/tms_}"); programs=("${programs[@]/%/_tests}"); fi
    for program in "${programs[@]}"; do
        [[ -x $program ]] || { echo "$program was not built"; status=1; continue; }
        # Not through a pipe: grep would leave at the first line, and a long list then look like a failure.
        tests=$("$program" --gtest_list_tests --gtest_filter="$filter") || { echo "$program lists no tests"; status=1; continue; }
        grep -q '^  ' <<<"$tests" || continue
        echo "--- $program"
        "$program" --gtest_brief=1 --gtest_filter="$filter" || status=1
    done
    return $status
}

# check NAME CMD…: runs CMD and counts it in `good` and `bad` of the caller.
check() {
    echo "--- $1"
    if "${@:2}"; then good=$((good + 1)); else
        bad=$((bad + 1))
        echo "FAILED: $1"
    fi
}
