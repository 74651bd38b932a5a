#!/bin/sh
# Gets NVIDIA's compiler for GPU kernels (its Python wheel, 58 MB) into .cuda, for the tests that compile every kernel. No
# GPU or driver is needed for that. Nothing waits for it: without it these tests skip themselves.
set -eu
cd "$(dirname "$0")/.."

version=13.5.37

[ -z "${CONSILIUM_CUDA_LIBS:-}" ] || exit 0
[ ! -d ".cuda/nvidia_cuda_nvrtc-$version.dist-info" ] || exit 0

if ! python3 -m pip --version >/dev/null 2>&1; then
    echo "note: no pip for python3, so the GPU kernels will not be compiled. Install python3-pip, or set CONSILIUM_CUDA_LIBS." >&2
    exit 0
fi

rm -rf .cuda
python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --target .cuda "nvidia-cuda-nvrtc==$version" \
    || echo "note: NVRTC could not be fetched, so the GPU kernels will not be compiled." >&2
