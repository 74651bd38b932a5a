// Products with the factors of an adapter on the tensor cores: one side is as narrow as the rank, so a block makes 128 by 32
// elements. Operands as tile_bf16.h has them.
#include "device.h"
#include "tile_bf16.h"

/// c[m,n] = alpha · a[m,k] · b[n,k]ᵀ (+ c), n small: x · Aᵀ.
KERNEL_BLOCKS(256, 2, gemm_narrow_nt, float *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride,
              i64 m, i64 n, i64 k, float alpha, i64 accumulate) {
    DYNAMIC_SHARED(memory);
    const int row = (int)block_x() * GEMM_TILE, column = (int)block_y() * 32;
    MatrixTile<FORM_NT, 32> tile;
    tile.multiply(memory, a, a_stride, b, b_stride, (int)m, (int)n, row, column, 0, (int)k);
    tile.store(c, c_stride, (int)m, (int)n, row, column, alpha, accumulate != 0);
}

/// c[m,n] = alpha · a[m,k] · b[k,n] (+ c), n small: dy · B.
KERNEL_BLOCKS(256, 2, gemm_narrow_nn, float *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride,
              i64 m, i64 n, i64 k, float alpha, i64 accumulate) {
    DYNAMIC_SHARED(memory);
    const int row = (int)block_x() * GEMM_TILE, column = (int)block_y() * 32;
    MatrixTile<FORM_NN, 32> tile;
    tile.multiply(memory, a, a_stride, b, b_stride, (int)m, (int)n, row, column, 0, (int)k);
    tile.store(c, c_stride, (int)m, (int)n, row, column, alpha, accumulate != 0);
}

/// The gradient of a factor for every segment of rows: partial[s, split][l, r] = Σ left[t,l] · right[t,r] over the rows t of
/// the split of segment s; `right` is the narrow one. segments [count, 2]: first row and number of rows.
KERNEL_BLOCKS(256, 2, lora_gradient_bf16_partial, float *RESTRICT partial, const bf16 *left, i64 left_stride,
              const bf16 *right, i64 right_stride, const int *RESTRICT segments, i64 count, i64 splits, i64 left_width,
              i64 right_width, i64 chunk) {
    DYNAMIC_SHARED(memory);
    const i64 segment = block_z() / splits, split = block_z() % splits;
    const bool inside = segment < count;
    const i64 start = inside ? segments[2 * segment] : 0, length = inside ? segments[2 * segment + 1] : 0;
    const int row = (int)block_x() * GEMM_TILE, column = (int)block_y() * 32;
    const int begin = (int)smaller(split * chunk, length), end = (int)smaller((split + 1) * chunk, length);
    MatrixTile<FORM_TN, 32> tile;
    tile.multiply(memory, left + start * left_stride, left_stride, right + start * right_stride, right_stride,
                  (int)left_width, (int)right_width, row, column, begin, end);
    tile.store(partial + (segment * splits + split) * left_width * right_width, right_width,
               inside ? (int)left_width : 0, (int)right_width, row, column, 1.0f, false);
}

/// gradient[s · gradient_stride + l · row_stride + r · column_stride] (+)= alpha · Σ partial[s, split][l, r], the splits in
/// order.
KERNEL(256, lora_gradient_place, float *RESTRICT gradient, i64 gradient_stride, i64 row_stride, i64 column_stride,
       const float *RESTRICT partial, i64 count, i64 splits, i64 left_width, i64 right_width, float alpha,
       i64 accumulate) {
    const i64 size = left_width * right_width;
    FOR_EACH_ROW(segment, count)
    FOR_EACH_COLUMN(element, size) {
        float sum = 0;
        for (i64 split = 0; split < splits; split++) sum += partial[(segment * splits + split) * size + element];
        const int l = (int)element / (int)right_width, r = (int)element % (int)right_width;
        float *to = gradient + segment * gradient_stride + l * row_stride + r * column_stride;
        *to = accumulate ? *to + alpha * sum : alpha * sum;
    }
}

/// The factor B of one layer where a frozen weight has room for it: y[i, j] = scale · b[i, j - first] for first ≤ j < first +
/// rank, else 0; null: all 0. For j < width.
KERNEL(256, place_factor, bf16 *RESTRICT y, i64 y_stride, const float *RESTRICT b, i64 rows, i64 rank, i64 first,
       i64 width, float scale) {
    FOR_EACH(index, rows * width) {
        const i64 i = index / width, j = index % width - first;
        y[i * y_stride + first + j] = b && j >= 0 && j < rank ? to_bf16(scale * b[i * rank + j]) : (bf16)0;
    }
}
