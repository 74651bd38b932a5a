// Frozen weights in every format: unpacked for a product, picked as rows of an embedding, or multiplied as they are by the
// few rows of decoding.
#include "device.h"
#include "formats.h"
#include "vectors.h"

DEVICE void store(float *y, float value) { *y = value; }
DEVICE void store(bf16 *y, float value) { *y = to_bf16(value); }

/// y[i,j] = factor · w[first + i, j] for i < count, 0 for columns ≤ j < padded.
template <typename Format, typename Number>
DEVICE void unpack(Number *RESTRICT y, i64 y_stride, Frozen<Format> w, i64 first, i64 count, i64 columns, i64 padded,
                   float factor) {
    const bool in_eights = columns % 8 == 0 && padded % 8 == 0 && y_stride % 8 == 0 && is_aligned(y, 16) &&
                          is_aligned(w.data, 16);
    if (in_eights) {
        FOR_EACH_ROW(i, count)
        FOR_EACH_COLUMN(piece, padded / 8) {
            const i64 row = first + i, j = piece * 8;
            float values[8];
            UNROLL for (int n = 0; n < 8; n++) values[n] = 0;
            if (j < columns) {
                w.eight(values, row, row * columns + j);
                UNROLL for (int n = 0; n < 8; n++) values[n] *= factor;
            }
            store_eight(y + i * y_stride + j, values);
        }
    } else {
        FOR_EACH_ROW(i, count)
        FOR_EACH_COLUMN(j, padded) {
            const i64 row = first + i;
            store(y + i * y_stride + j, j < columns ? factor * w.at(row, row * columns + j) : 0.0f);
        }
    }
}

/// y[i,j] = factor · w[indices[i], j]; an index outside of the matrix leaves zeros.
template <typename Format>
DEVICE void gather(float *RESTRICT y, Frozen<Format> w, i64 rows, i64 columns, const int *RESTRICT indices, i64 count,
                   float factor) {
    FOR_EACH_ROW(i, count) {
        const i64 row = indices[i];
        const bool inside = row >= 0 && row < rows;
        FOR_EACH_COLUMN(j, columns) y[i * columns + j] = inside ? factor * w.at(row, row * columns + j) : 0.0f;
    }
}

/// sums[t] += Σ x[t,c] · w[row,c] over eight columns from c.
template <int most, typename Format>
DEVICE void add_eight(float (&sums)[most], const float *RESTRICT x, i64 x_stride, i64 m, const Frozen<Format> &w, i64 row,
                      i64 columns, i64 c) {
    float values[8];
    w.eight(values, row, row * columns + c);
    UNROLL for (int t = 0; t < most; t++)
        if (t < m) {
            float own[8];
            load_eight(own, x + t * x_stride + c);
            UNROLL for (int n = 0; n < 8; n++) sums[t] += values[n] * own[n];
        }
}

/// y[t,r] (+)= Σ_c x[t,c] · w[r,c] for m ≤ `most` rows t; a warp a row of w.
template <int most, typename Format>
DEVICE void multiply_rows(float *y, i64 y_stride, const float *RESTRICT x, i64 x_stride, i64 m, Frozen<Format> w,
                          i64 rows, i64 columns, i64 accumulate) {
    const i64 row = block_x() * (block_threads() / 32) + warp_index();
    float sums[most];
    UNROLL for (int t = 0; t < most; t++) sums[t] = 0;
    const bool in_eights = columns % 8 == 0 && x_stride % 4 == 0 && is_aligned(x, 16) && is_aligned(w.data, 16);
    if (row < rows && in_eights) {
        // Of one row, several loads are under way at a time; eight rows have enough to do with one.
        if (most == 1) {
            UNROLL_BY_4 for (i64 c = lane_index() * 8; c < columns; c += 256)
                add_eight(sums, x, x_stride, m, w, row, columns, c);
        } else {
            UNROLL_BY_1 for (i64 c = lane_index() * 8; c < columns; c += 256)
                add_eight(sums, x, x_stride, m, w, row, columns, c);
        }
    } else if (row < rows) {
        UNROLL_BY_1 for (i64 c = lane_index(); c < columns; c += 32) {
            const float value = w.at(row, row * columns + c);
            UNROLL for (int t = 0; t < most; t++)
                if (t < m) sums[t] += value * x[t * x_stride + c];
        }
    }
    UNROLL for (int t = 0; t < most; t++) {
        const float sum = warp_sum(sums[t]);
        if (lane_index() == 0 && row < rows && t < m) {
            float *to = y + t * y_stride + row;
            *to = accumulate ? *to + sum : sum;
        }
    }
}

#define FORMAT_KERNELS(suffix, Format)                                                                                \
    KERNEL(256, unpack_##suffix##_bfloat16, bf16 *y, i64 y_stride, const void *data, const float *scales,             \
           const float *codebook, i64 first, i64 count, i64 columns, i64 rounding, i64 padded, float factor) {        \
        unpack<Format>(y, y_stride, Frozen<Format>{data, scales, codebook, (int)rounding}, first, count, columns,     \
                       padded, factor);                                                                               \
    }                                                                                                                 \
    KERNEL(256, unpack_##suffix##_float32, float *y, i64 y_stride, const void *data, const float *scales,             \
           const float *codebook, i64 first, i64 count, i64 columns, i64 rounding, i64 padded, float factor) {        \
        unpack<Format>(y, y_stride, Frozen<Format>{data, scales, codebook, (int)rounding}, first, count, columns,     \
                       padded, factor);                                                                               \
    }                                                                                                                 \
    KERNEL(256, gather_##suffix, float *y, const void *data, const float *scales, const float *codebook, i64 rows,    \
           i64 columns, i64 rounding, const int *indices, i64 count, float factor) {                                  \
        gather<Format>(y, Frozen<Format>{data, scales, codebook, (int)rounding}, rows, columns, indices, count,       \
                       factor);                                                                                       \
    }                                                                                                                 \
    KERNEL_BLOCKS(128, 6, gemv_##suffix, float *y, i64 y_stride, const float *x, i64 x_stride, i64 m,                 \
                  const void *data, const float *scales, const float *codebook, i64 rows, i64 columns, i64 rounding,  \
                  i64 accumulate) {                                                                                   \
        const Frozen<Format> w = {data, scales, codebook, (int)rounding};                                             \
        if (m == 1)                                                                                                   \
            multiply_rows<1>(y, y_stride, x, x_stride, m, w, rows, columns, accumulate);                              \
        else                                                                                                          \
            multiply_rows<8>(y, y_stride, x, x_stride, m, w, rows, columns, accumulate);                              \
    }

FORMAT_KERNELS(float32, Float32Format)
FORMAT_KERNELS(float16, Float16Format)
FORMAT_KERNELS(bfloat16, BFloat16Format)
FORMAT_KERNELS(int8, Int8Format)
FORMAT_KERNELS(nf4, NF4Format)
