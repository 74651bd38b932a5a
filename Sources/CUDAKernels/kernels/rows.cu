// Rows that are picked by an index, and sums over rows. Indices outside of their matrix can't be told here: the host
// checks them.
#include "device.h"

/// y[i] = factors[i] · x[rows[i]]; null: factors of 1.
KERNEL(256, gather_rows, float *RESTRICT y, const float *RESTRICT x, const int *RESTRICT rows,
       const float *RESTRICT factors, i64 count, i64 width) {
    FOR_EACH_ROW(i, count) {
        const float factor = factors ? factors[i] : 1.0f;
        const float *from = x + rows[i] * width;
        FOR_EACH_COLUMN(j, width) y[i * width + j] = factors ? factor * from[j] : from[j];
    }
}

/// y[rows[i]] = x[i]; no row is named twice.
KERNEL(256, scatter_rows, float *RESTRICT y, const float *RESTRICT x, const int *RESTRICT rows, i64 count, i64 width) {
    FOR_EACH_ROW(i, count) {
        float *to = y + rows[i] * width;
        FOR_EACH_COLUMN(j, width) to[j] = x[i * width + j];
    }
}

/// y[targets[u]] += Σ factors[i] · x[i] over i = order[starts[u]] ..< order[starts[u+1]], in this order; null: factors
/// of 1. The targets differ.
KERNEL(128, scatter_add_rows, float *RESTRICT y, const float *RESTRICT x, const int *RESTRICT targets,
       const int *RESTRICT starts, const int *RESTRICT order, const float *RESTRICT factors, i64 unique, i64 width) {
    for (i64 u = block_y(); u < unique; u += grid_y()) {
        float *to = y + targets[u] * width;
        const int first = starts[u], last = starts[u + 1];
        for (i64 j = block_x() * block_threads() + thread_x(); j < width; j += grid_x() * block_threads()) {
            float sum = to[j];
            for (int n = first; n < last; n++) {
                const i64 i = order[n];
                sum += (factors ? factors[i] : 1.0f) * x[i * width + j];
            }
            to[j] = sum;
        }
    }
}

/// products[i] = Σ_j a[i,j] · b[rows[i],j]; a warp a row.
KERNEL(128, row_products, float *RESTRICT products, const float *RESTRICT a, const float *RESTRICT b,
       const int *RESTRICT rows, i64 count, i64 width) {
    const i64 i = block_x() * (block_threads() / 32) + warp_index();
    const bool inside = i < count;
    float sum = 0;
    if (inside) {
        const float *x = a + i * width, *y = b + rows[i] * width;
        for (i64 j = lane_index(); j < width; j += 32) sum += x[j] * y[j];
    }
    sum = warp_sum(sum);
    if (inside && lane_index() == 0) products[i] = sum;
}

/// partial[c,i] = Σ x[t,i] over the rows of chunk c. Blocks of 32 columns and 8 rows.
KERNEL(256, column_sums_partial, float *RESTRICT partial, const float *RESTRICT x, i64 x_stride, i64 rows, i64 width,
       i64 chunk) {
    SHARED(float, sums, 8 * 32);
    const i64 i = block_x() * 32 + thread_x(), first = block_y() * chunk, last = smaller(rows, first + chunk);
    float sum = 0;
    if (i < width)
        for (i64 t = first + thread_y(); t < last; t += 8) sum += x[t * x_stride + i];
    sums[thread_y() * 32 + thread_x()] = sum;
    block_sync();
    if (thread_y() == 0 && i < width) {
        for (int n = 1; n < 8; n++) sum += sums[n * 32 + thread_x()];
        partial[block_y() * width + i] = sum;
    }
}

/// sum[i] += Σ_c partial[c,i], in order.
KERNEL(256, column_sums_final, float *RESTRICT sum, const float *RESTRICT partial, i64 chunks, i64 width) {
    FOR_EACH(i, width) {
        float total = 0;
        for (i64 c = 0; c < chunks; c++) total += partial[c * width + i];
        sum[i] += total;
    }
}
