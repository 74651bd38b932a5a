#!/usr/bin/env bash
# Runs the tests that are built (arguments are those of `swift test`), and ends with what failed: two thousand lines of passed tests would hide it, and a CI server
# that keeps only the end of a log would not show it at all.
set -uo pipefail
cd "$(dirname "$0")/.."

# Two tests for each processor at a time. All at once, a test that waits for another task waits for a thousand tests, and what
# it promises within seconds takes minutes.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-$((2 * $(getconf _NPROCESSORS_ONLN)))}"

log=.build/test.log
SWIFT_BACKTRACE=enable=no "${SWIFT:-swift}" test --skip-build "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

if [ "$status" -ne 0 ]; then
    echo "== what failed"
    # An issue is one line with a cross, followed by lines that explain it. A test that takes the whole run down leaves no such
    # line: then the last lines above are all there is.
    grep -E '^✘ Test .*(recorded an issue|failed after)|^↳|Fatal error:|^error:' "$log" | cut -c1-600 | tail -n 120
fi
exit "$status"
