#!/usr/bin/env bash
# Packs what scripts/check-gpu.py needs on a machine that has a GPU and Python but neither Swift nor this repository's
# libraries: one compressed file, and a script that unpacks it there.
#
# usage: scripts/pack-gpu-check.sh [--node PROGRAM] [--peer gpu_peft_lora.py] [--out FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
node=.build/release/consilium-node
peer=
out=.gpu
while [ $# -gt 0 ]; do
    case $1 in
    --node) node=$2 ;;
    --peer) peer=$2 ;;
    --out) out=$2 ;;
    *) sed -n 2,6p "$0" >&2; exit 2 ;;
    esac
    shift 2
done
[ -x "$node" ] || { echo "There is no program $node: make build, or name one with --node." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lib" "$work/scripts" "$work/Tests/LanguageModelsTests"
strip -s -o "$work/consilium-node" "$node"
# What is no part of every system: linear algebra and its Fortran, databases.
ldd "$node" | awk '/openblas|gfortran|quadmath|sqlite3|libcrypto/ {print $3}' | while read -r library; do
    strip -s -o "$work/lib/$(basename "$library")" "$(readlink -f "$library")"
done
cp scripts/check-gpu.py "$work/scripts/"
cp -r Tests/LanguageModelsTests/Vectors "$work/Tests/LanguageModelsTests/Vectors"
[ -z "$peer" ] || cp "$peer" "$work/peer.py"
cat > "$work/run.sh" <<'RUN'
#!/usr/bin/env bash
# Runs the check here; the report goes to $OUT where that is set. Arguments are those of check-gpu.py.
cd "$(dirname "$0")"
export LD_LIBRARY_PATH="$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
# NVRTC and cuBLASLt of the interpreter's packages.
VIRTUAL_ENV=${VIRTUAL_ENV:-$(python3 -c 'import sys; print(sys.prefix)')}
export VIRTUAL_ENV
[ -f peer.py ] && set -- --peer peer.py "$@"
exec python3 scripts/check-gpu.py --node ./consilium-node --report "${OUT:-.}/gpu-report.json" "$@"
RUN
chmod +x "$work/run.sh"
mkdir -p "$out"
tar -C "$work" -cf - . | xz -T0 -3 > "$out/check.tar.xz"
cat > "$out/unpack.sh" <<'UNPACK'
# Source this with the folder to unpack to: . unpack.sh FOLDER
mkdir -p "$1" && tar -C "$1" -xJf "$(dirname "${BASH_SOURCE[0]}")/check.tar.xz"
UNPACK
size=$(($(stat -c %s "$out/check.tar.xz") >> 20))
echo "$out has $size MiB. There: . $out/unpack.sh FOLDER && FOLDER/run.sh --parts start,families,sanitizer"
[ "$size" -lt 60 ] || { echo "That is too much for machines that take 64 MiB with the repository." >&2; exit 1; }
