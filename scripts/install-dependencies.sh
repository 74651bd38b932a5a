#!/bin/sh
# Installs the development packages that Consilium builds against, or says how. The programs that read PDF files and scans
# are wanted too, but nothing waits for them: without them a node refuses these formats by name, and their tests skip.
set -eu

absent() {
    for package in "$@"; do
        # pkgconf provides pkg-config on newer Debian releases under the same name.
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || printf ' %s' "$package"
    done
}

missing=$(absent libssl-dev libopenblas-dev libsqlite3-dev pkg-config)
# pdftotext and pdftoppm draw fonts that a PDF does not carry with those of the system.
wanted=$(absent poppler-utils fonts-dejavu-core tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-spa)

if ! command -v swift >/dev/null 2>&1; then
    echo "error: no Swift toolchain found. Install Swift 6.3 from https://www.swift.org/install/linux/ and run this again." >&2
    exit 69
fi

[ -n "$missing$wanted" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    if [ -n "$missing" ]; then
        echo "installing:$missing" >&2
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
    if [ -n "$wanted" ]; then
        echo "installing:$wanted" >&2
        { [ -n "$missing" ] || apt-get update -qq; } \
            && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null \
            || echo "note: these could not be installed, so PDF files and scans will not be read:$wanted" >&2
    fi
    exit 0
fi

if [ -n "$wanted" ]; then
    echo "note: for PDF files and scans also run: sudo apt-get install$wanted" >&2
fi
[ -n "$missing" ] || exit 0

if [ -t 0 ] && command -v sudo >/dev/null 2>&1; then
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
