#!/bin/sh
# Installs the three development packages that Consilium builds against, or says how.
set -eu

missing=""
for package in libssl-dev libopenblas-dev libsqlite3-dev pkg-config; do
    # pkgconf provides pkg-config on newer Debian releases under the same name.
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done

if ! command -v swift >/dev/null 2>&1; then
    echo "error: no Swift toolchain found. Install Swift 6.3 from https://www.swift.org/install/linux/ and run this again." >&2
    exit 69
fi

[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    echo "installing:$missing" >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ -t 0 ] && command -v sudo >/dev/null 2>&1; then
    printf 'These packages are missing:%s. Install them now with sudo? [y/N] ' "$missing" >&2
    read -r answer
    case "$answer" in
        y | Y | yes) sudo apt-get update -qq && sudo apt-get install -y --no-install-recommends $missing ;;
        *) echo "Run: sudo apt-get install$missing" >&2; exit 69 ;;
    esac
else
    echo "error: these packages are missing:$missing. Run: sudo apt-get install$missing" >&2
    exit 69
fi
