// Products in float32 where exactness counts: adapters, gradients of weights, and everything in float32 mode. Rows and
// columns of any distance and alignment. The sum of an element runs through k in ascending order.
#include "device.h"
#include "tile_f32.h"

template <int form>
DEVICE void product(float *c, i64 c_stride, const float *a, i64 a_stride, const float *b, i64 b_stride, i64 m, i64 n,
                    i64 k, float alpha, i64 accumulate) {
    SHARED(float, shared, TILE_FLOATS);
    const i64 row = block_x() * TILE, column = block_y() * TILE;
    float sums[4][4];
    tile_product(sums, shared, Operand{a, a_stride, form != FORM_TN}, Operand{b, b_stride, form == FORM_NT}, m, n, row,
                 column, 0, k);
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) {
        const i64 r = row + thread_x() / 16 * 4 + i, s = column + thread_x() % 16 * 4 + j;
        if (r < m && s < n) {
            float *to = c + r * c_stride + s;
            *to = accumulate ? alpha * sums[i][j] + *to : alpha * sums[i][j];
        }
    }
}

/// c[m,n] = alpha · a[m,k] · b[n,k]ᵀ (+ c)
KERNEL_BLOCKS(256, 2, gemm_f32_nt, float *c, i64 c_stride, const float *a, i64 a_stride, const float *b, i64 b_stride, i64 m,
       i64 n, i64 k, float alpha, i64 accumulate) {
    product<FORM_NT>(c, c_stride, a, a_stride, b, b_stride, m, n, k, alpha, accumulate);
}

/// c[m,n] = alpha · a[m,k] · b[k,n] (+ c)
KERNEL_BLOCKS(256, 2, gemm_f32_nn, float *c, i64 c_stride, const float *a, i64 a_stride, const float *b, i64 b_stride, i64 m,
       i64 n, i64 k, float alpha, i64 accumulate) {
    product<FORM_NN>(c, c_stride, a, a_stride, b, b_stride, m, n, k, alpha, accumulate);
}

/// c[m,n] = alpha · a[k,m]ᵀ · b[k,n] (+ c)
KERNEL_BLOCKS(256, 2, gemm_f32_tn, float *c, i64 c_stride, const float *a, i64 a_stride, const float *b, i64 b_stride, i64 m,
       i64 n, i64 k, float alpha, i64 accumulate) {
    product<FORM_TN>(c, c_stride, a, a_stride, b, b_stride, m, n, k, alpha, accumulate);
}

/// partial[split][m,n]: the part of the product with `chunk` values of k each; for results that are small beside k.
KERNEL_BLOCKS(256, 2, gemm_f32_split, float *RESTRICT partial, const float *a, i64 a_stride, const float *b, i64 b_stride, i64 m,
       i64 n, i64 k, i64 chunk, i64 form) {
    SHARED(float, shared, TILE_FLOATS);
    const i64 row = block_x() * TILE, column = block_y() * TILE, begin = block_z() * chunk;
    float sums[4][4];
    tile_product(sums, shared, Operand{a, a_stride, form != FORM_TN}, Operand{b, b_stride, form == FORM_NT}, m, n, row,
                 column, begin, smaller(k, begin + chunk));
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) {
        const i64 r = row + thread_x() / 16 * 4 + i, s = column + thread_x() % 16 * 4 + j;
        if (r < m && s < n) partial[(block_z() * m + r) * n + s] = sums[i][j];
    }
}

/// c = alpha · Σ partial[split] (+ c), the splits in order.
KERNEL(256, gemm_split_final, float *RESTRICT c, i64 c_stride, const float *RESTRICT partial, i64 splits, i64 m, i64 n,
       float alpha, i64 accumulate) {
    FOR_EACH(index, m * n) {
        float sum = 0;
        for (i64 split = 0; split < splits; split++) sum += partial[split * m * n + index];
        float *to = c + index / n * c_stride + index % n;
        *to = accumulate ? alpha * sum + *to : alpha * sum;
    }
}
