// Products of bf16 matrices with results in float32 or bf16; operands as tile_bf16.h has them.
#include "device.h"
#include "tile_bf16.h"

/// Tiles down that run through all tiles across before the next ones do: what a wave of blocks reads then fits the second
/// cache.
constexpr int BAND = 16;

/// The place of this block's tile.
DEVICE void banded_tile(int *down, int *across) {
    const int rows = (int)grid_x(), columns = (int)grid_y(), block = (int)(block_y() * rows + block_x());
    const int band = block / (BAND * columns), inside = block % (BAND * columns);
    const int height = rows - band * BAND < BAND ? rows - band * BAND : BAND;
    *down = band * BAND + inside % height;
    *across = inside / height;
}

template <int form, int width, typename Number>
DEVICE void matrix_product(Number *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride, int m,
                           int n, int k, float alpha, bool accumulate) {
    DYNAMIC_SHARED(memory);
    int down, across;
    banded_tile(&down, &across);
    const int row = down * GEMM_TILE, column = across * width;
    MatrixTile<form, width> tile;
    tile.multiply(memory, a, a_stride, b, b_stride, m, n, row, column, 0, k);
    tile.store(c, c_stride, m, n, row, column, alpha, accumulate);
}

#define GEMM_KERNEL(name, form, width, Number)                                                                        \
    KERNEL_BLOCKS(256, 2, name, Number *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride,    \
                  i64 m, i64 n, i64 k, float alpha, i64 accumulate) {                                                 \
        matrix_product<form, width>(c, c_stride, a, a_stride, b, b_stride, (int)m, (int)n, (int)k, alpha,             \
                                    accumulate != 0);                                                                 \
    }

GEMM_KERNEL(gemm_nt_float32, FORM_NT, 128, float)
GEMM_KERNEL(gemm_nn_float32, FORM_NN, 128, float)
GEMM_KERNEL(gemm_tn_float32, FORM_TN, 128, float)
GEMM_KERNEL(gemm_nt_bfloat16, FORM_NT, 128, bf16)
GEMM_KERNEL(gemm_nn_bfloat16, FORM_NN, 128, bf16)
GEMM_KERNEL(gemm_tn_bfloat16, FORM_TN, 128, bf16)
