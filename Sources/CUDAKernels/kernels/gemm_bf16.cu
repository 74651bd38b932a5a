// Products of bf16 matrices with results in float32 or bf16; operands as tile_bf16.h has them.
#include "device.h"
#include "tile_bf16.h"

template <int form, int width, typename Number>
DEVICE void matrix_product(Number *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride, int m,
                           int n, int k, float alpha, bool accumulate) {
    DYNAMIC_SHARED(memory);
    const int row = (int)block_x() * GEMM_TILE, column = (int)block_y() * width;
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
