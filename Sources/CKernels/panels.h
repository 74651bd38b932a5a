#ifndef CONSILIUM_PANELS_H
#define CONSILIUM_PANELS_H

#include "unpack.h"
#include "product_kernels.h"

// A tile of the result is TILE_ROWS x TILE_COLUMNS: twelve vectors of sums, two of B and one of A fill AVX's sixteen
// registers. A block of B with its DEPTH stays in the second-level cache, one panel of it in the first.
enum { TILE_ROWS = 6, TILE_COLUMNS = 16, DEPTH = 384, BLOCK_COLUMNS = 128, BLOCK_ROWS = 1536 };

/// Terms of a sum that are taken at a time: at most `most`, and not a few at the end. A multiple of eight, never zero.
INLINE ptrdiff_t even_depth(ptrdiff_t k, ptrdiff_t most) {
    const ptrdiff_t blocks = k > most ? (k + most - 1) / most : 1;
    return k > 0 ? ((k + blocks - 1) / blocks + 7) / 8 * 8 : 8;
}

/// Columns of eight rows: r[i][j] becomes r[j][i].
INLINE void transpose8(v8 r[8]) {
    v8 t[8];
    for (int i = 0; i < 8; i += 2) {
        t[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        t[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    v8 u[8];
    for (int i = 0; i < 8; i += 4)
        for (int j = 0; j < 2; j++) {
            u[i + j] = __builtin_shufflevector(t[i + j], t[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            u[i + j + 2] = __builtin_shufflevector(t[i + j], t[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (int j = 0; j < 4; j++) {
        r[j] = __builtin_shufflevector(u[j], u[j + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        r[j + 4] = __builtin_shufflevector(u[j], u[j + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// panel[p * width + i] = x[i * stride + p] for i < rows <= 8, zero for rows <= i < width. May write up to eight floats from
/// panel + p * width, so that panels of fewer columns must be filled in order, and one vector behind the last is needed.
INLINE void pack_transposed(float *panel, ptrdiff_t width, const float *x, ptrdiff_t stride, ptrdiff_t rows,
                            ptrdiff_t depth) {
    ptrdiff_t p = 0;
    for (; p + 8 <= depth; p += 8) {
        v8 r[8];
        for (int i = 0; i < 8; i++) r[i] = i < rows ? LOAD8(x + i * stride + p) : (v8){0};
        transpose8(r);
        for (int i = 0; i < 8; i++) STORE8(panel + (p + i) * width, r[i]);
    }
    for (; p < depth; p++)
        for (ptrdiff_t i = 0; i < (width < 8 ? width : 8); i++) panel[p * width + i] = i < rows ? x[i * stride + p] : 0;
}

/// panel[p * width + i] = x[p * stride + i] for i < count <= width, zero behind.
INLINE void pack_rows(float *panel, ptrdiff_t width, const float *x, ptrdiff_t stride, ptrdiff_t count,
                      ptrdiff_t depth) {
    for (ptrdiff_t p = 0; p < depth; p++) {
        if (count == width)
            memcpy(panel + p * width, x + p * stride, (size_t)width * sizeof(float));
        else
            for (ptrdiff_t i = 0; i < width; i++) panel[p * width + i] = i < count ? x[p * stride + i] : 0;
    }
}

/// c[i * stride + j] (+)= alpha * sum_p a[i * row + p * column] * b[p * 16 + j] for a whole tile.
INLINE void multiply_tile(float *c, ptrdiff_t stride, const float *a, ptrdiff_t row, ptrdiff_t column, const float *b,
                          ptrdiff_t depth, float alpha, int accumulate) {
    v8 s[TILE_ROWS][2];
    UNROLL for (int i = 0; i < TILE_ROWS; i++) {
        s[i][0] = s[i][1] = (v8){0};
        __builtin_prefetch(c + i * stride, 1);
        __builtin_prefetch(c + i * stride + 15, 1);
    }
#pragma clang loop unroll_count(4)
    for (ptrdiff_t p = 0; p < depth; p++) {
        const v8 b0 = LOAD8(b + p * TILE_COLUMNS), b1 = LOAD8(b + p * TILE_COLUMNS + 8);
        UNROLL for (int i = 0; i < TILE_ROWS; i++) {
            const float x = a[i * row + p * column];
            s[i][0] += b0 * x;
            s[i][1] += b1 * x;
        }
    }
    UNROLL for (int i = 0; i < TILE_ROWS; i++) {
        float *to = c + i * stride;
        if (accumulate) {
            STORE8(to, LOAD8(to) + s[i][0] * alpha);
            STORE8(to + 8, LOAD8(to + 8) + s[i][1] * alpha);
        } else {
            STORE8(to, s[i][0] * alpha);
            STORE8(to + 8, s[i][1] * alpha);
        }
    }
}

#endif
