#include "../panels.h"

// Sums of CONSILIUM_SKINNY rows of this many columns stay in the first-level cache.
enum { OUTER_COLUMNS = 256, OUTER_DEPTH = 4 };

ptrdiff_t consilium_multiply_outer_scratch(void) { return CONSILIUM_SKINNY * OUTER_COLUMNS; }

/// sums[i][j] += sum_p x[p][i] * y[p][j], p < 4, i < height, j < width; the rows of `sums` are OUTER_COLUMNS long.
INLINE void add_outer(float *sums, const float *x, ptrdiff_t x_stride, const float *y, ptrdiff_t y_stride,
                      ptrdiff_t height, ptrdiff_t width) {
    ptrdiff_t j = 0;
    for (; j + 16 <= width; j += 16) {
        v8 b[OUTER_DEPTH][2];
#pragma clang loop unroll(full)
        for (int p = 0; p < OUTER_DEPTH; p++) {
            __builtin_prefetch(y + (OUTER_DEPTH + p) * y_stride + j);
            b[p][0] = LOAD8(y + p * y_stride + j);
            b[p][1] = LOAD8(y + p * y_stride + j + 8);
        }
        for (ptrdiff_t i = 0; i < height; i++) {
            float *to = sums + i * OUTER_COLUMNS + j;
            v8 s0 = LOAD8(to), s1 = LOAD8(to + 8);
#pragma clang loop unroll(full)
            for (int p = 0; p < OUTER_DEPTH; p++) {
                const float a = x[p * x_stride + i];
                s0 += b[p][0] * a;
                s1 += b[p][1] * a;
            }
            STORE8(to, s0);
            STORE8(to + 8, s1);
        }
    }
    for (; j < width; j += 8) {
        const ptrdiff_t n = width - j < 8 ? width - j : 8;
        v8 b[OUTER_DEPTH];
        for (int p = 0; p < OUTER_DEPTH; p++) load_some(&b[p], y + p * y_stride + j, n);
        for (ptrdiff_t i = 0; i < height; i++) {
            float *to = sums + i * OUTER_COLUMNS + j;
            v8 s = LOAD8(to);
            for (int p = 0; p < OUTER_DEPTH; p++) s += b[p] * x[p * x_stride + i];
            STORE8(to, s);
        }
    }
}

KERNEL void consilium_multiply_outer(const consilium_product *product, consilium_part part, float *scratch) {
    const ptrdiff_t m = part.last_row - part.first_row, n = part.last_column - part.first_column;
    const int a_is_short = m < n;
    const float *a = product->a + part.first_row, *b = product->b + part.first_column;
    float *c = product->c + part.first_row * product->c_stride + part.first_column;
    const float *x = a_is_short ? a : b, *y = a_is_short ? b : a;
    const ptrdiff_t x_stride = a_is_short ? product->a_stride : product->b_stride;
    const ptrdiff_t y_stride = a_is_short ? product->b_stride : product->a_stride;
    const ptrdiff_t height = a_is_short ? m : n, count = a_is_short ? n : m;
    const ptrdiff_t row = a_is_short ? product->c_stride : 1, column = a_is_short ? 1 : product->c_stride;
    for (ptrdiff_t j = 0; j < count; j += OUTER_COLUMNS) {
        const ptrdiff_t width = count - j < OUTER_COLUMNS ? count - j : OUTER_COLUMNS;
        for (ptrdiff_t i = 0; i < height * OUTER_COLUMNS; i++) scratch[i] = 0;
        ptrdiff_t p = 0;
        for (; p + OUTER_DEPTH <= product->k; p += OUTER_DEPTH)
            add_outer(scratch, x + p * x_stride, x_stride, y + p * y_stride + j, y_stride, height, width);
        for (; p < product->k; p++)
            for (ptrdiff_t i = 0; i < height; i++)
                for (ptrdiff_t l = 0; l < width; l++)
                    scratch[i * OUTER_COLUMNS + l] += x[p * x_stride + i] * y[p * y_stride + j + l];
        for (ptrdiff_t i = 0; i < height; i++)
            for (ptrdiff_t l = 0; l < width; l++) {
                float *to = c + i * row + (j + l) * column;
                *to = product->alpha * scratch[i * OUTER_COLUMNS + l] + (product->accumulate ? *to : 0);
            }
    }
}
