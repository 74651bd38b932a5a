#include "../panels.h"

// Sums run over at most this many terms before they are added to the result, so that both operands stay in the
// first-level cache. Three rows of the long side times four of the short one fill the registers.
enum { DOT_DEPTH = 768, LONG_ROWS = 3, SHORT_ROWS = 4 };

ptrdiff_t consilium_multiply_dot_scratch(void) { return LONG_ROWS * DOT_DEPTH; }

/// c[i * row + j * column] (+)= alpha * x[i]·y[j] for `height` <= 3 rows of x and `width` <= 4 of y.
INLINE void dot_tile(const ptrdiff_t height, const ptrdiff_t width, float *c, ptrdiff_t row, ptrdiff_t column,
                     const float *x, ptrdiff_t x_stride, const float *y, ptrdiff_t y_stride, ptrdiff_t depth,
                     float alpha, int accumulate) {
    v8 s[LONG_ROWS][SHORT_ROWS];
    UNROLL for (int i = 0; i < LONG_ROWS; i++) UNROLL for (int j = 0; j < SHORT_ROWS; j++) s[i][j] = (v8){0};
    ptrdiff_t p = 0;
    for (; p + 8 <= depth; p += 8) {
        v8 a[LONG_ROWS];
        UNROLL for (int i = 0; i < LONG_ROWS; i++) a[i] = i < height ? LOAD8(x + i * x_stride + p) : (v8){0};
        UNROLL for (int j = 0; j < SHORT_ROWS; j++) {
            const v8 b = j < width ? LOAD8(y + j * y_stride + p) : (v8){0};
            UNROLL for (int i = 0; i < LONG_ROWS; i++) if (i < height && j < width) s[i][j] += a[i] * b;
        }
    }
    UNROLL for (int i = 0; i < LONG_ROWS; i++) UNROLL for (int j = 0; j < SHORT_ROWS; j++)
        if (i < height && j < width) {
            float sum = sum8(&s[i][j]), *to = c + i * row + j * column;
            for (ptrdiff_t rest = p; rest < depth; rest++) sum += x[i * x_stride + rest] * y[j * y_stride + rest];
            *to = alpha * sum + (accumulate ? *to : 0);
        }
}

INLINE void dot_rows(ptrdiff_t height, ptrdiff_t width, float *c, ptrdiff_t row, ptrdiff_t column, const float *x,
                     ptrdiff_t x_stride, const float *y, ptrdiff_t y_stride, ptrdiff_t depth, float alpha,
                     int accumulate) {
    for (; width >= 4; width -= 4, c += 4 * column, y += 4 * y_stride)
        dot_tile(height, 4, c, row, column, x, x_stride, y, y_stride, depth, alpha, accumulate);
    if (width == 3) dot_tile(height, 3, c, row, column, x, x_stride, y, y_stride, depth, alpha, accumulate);
    if (width == 2) dot_tile(height, 2, c, row, column, x, x_stride, y, y_stride, depth, alpha, accumulate);
    if (width == 1) dot_tile(height, 1, c, row, column, x, x_stride, y, y_stride, depth, alpha, accumulate);
}

KERNEL void consilium_multiply_dot(const consilium_product *product, consilium_part part, float *scratch) {
    const ptrdiff_t m = part.last_row - part.first_row, n = part.last_column - part.first_column;
    // Only A can be the short side of a product with a frozen weight, and only there unpacking pays.
    const int a_is_short = product->w != 0 || m < n;
    nf4_table table;
    if (product->w) consilium_make_nf4_table(&table, product->w);
    const ptrdiff_t count = a_is_short ? n : m, width = a_is_short ? m : n;
    const ptrdiff_t row = a_is_short ? 1 : product->c_stride, column = a_is_short ? product->c_stride : 1;
    float *c = product->c + part.first_row * product->c_stride + part.first_column;
    const float *a = product->a + part.first_row * product->a_stride;
    const float *b = product->w ? 0 : product->b + part.first_column * product->b_stride;
    const ptrdiff_t step = even_depth(product->k, DOT_DEPTH);
    for (ptrdiff_t p = 0; p == 0 || p < product->k; p += step) {
        const ptrdiff_t depth = product->k - p < step ? product->k - p : step;
        const int accumulate = product->accumulate || p > 0;
        const float *y = (a_is_short ? a : b) + p;
        const ptrdiff_t y_stride = a_is_short ? product->a_stride : product->b_stride;
        for (ptrdiff_t i = 0; i < count; i += LONG_ROWS) {
            const ptrdiff_t height = count - i < LONG_ROWS ? count - i : LONG_ROWS;
            const float *x = scratch;
            ptrdiff_t x_stride = DOT_DEPTH;
            if (product->w) {
                for (ptrdiff_t r = 0; r < height; r++)
                    unpack(scratch + r * DOT_DEPTH, product->w, &table, part.first_column + i + r, p, depth);
            } else {
                x_stride = a_is_short ? product->b_stride : product->a_stride;
                x = (a_is_short ? b : a) + i * x_stride + p;
                // The next rows: their pieces are too short for the processor to see that they are read in order.
                if (i + 2 * LONG_ROWS <= count)
                    for (ptrdiff_t r = LONG_ROWS; r < 2 * LONG_ROWS; r++)
                        for (ptrdiff_t l = 0; l < depth; l += 16) __builtin_prefetch(x + r * x_stride + l);
            }
            float *to = c + i * row;
            if (height == 3)
                dot_rows(3, width, to, row, column, x, x_stride, y, y_stride, depth, product->alpha, accumulate);
            else if (height == 2)
                dot_rows(2, width, to, row, column, x, x_stride, y, y_stride, depth, product->alpha, accumulate);
            else
                dot_rows(1, width, to, row, column, x, x_stride, y, y_stride, depth, product->alpha, accumulate);
        }
    }
}
