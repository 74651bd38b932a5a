#ifndef CONSILIUM_ATTENTION_BLOCKS_H
#define CONSILIUM_ATTENTION_BLOCKS_H

#include "../math8.h"
#include "../panels.h"
#include "attention_kernels.h"

// Queries are taken in blocks of this many rows: their scores against all keys that they see stay in the cache.
enum { QUERIES = 48 };

INLINE ptrdiff_t up(ptrdiff_t n, ptrdiff_t unit) { return (n + unit - 1) / unit * unit; }

/// Floats of a row of scores of a block. What lies beside the keys that a row sees is read as zero up to a tile
/// further.
INLINE ptrdiff_t score_stride(ptrdiff_t length) { return up(length, 16) + 32; }

INLINE ptrdiff_t first_key(const consilium_attention *a, ptrdiff_t query) {
    return a->causal && query >= a->window ? query - a->window + 1 : 0;
}

INLINE ptrdiff_t last_key(const consilium_attention *a, ptrdiff_t query) {
    return !a->causal ? a->length : query < a->length ? query + 1 : a->length;
}

/// Where the scores of the tile of queries that starts at `query` begin: a tile before what it sees, for the reason
/// above.
INLINE ptrdiff_t first_panel(const consilium_attention *a, ptrdiff_t query) {
    const ptrdiff_t first = first_key(a, query) - TILE_ROWS;
    return first > 0 ? first / TILE_COLUMNS * TILE_COLUMNS : 0;
}

/// x [rows, size] of one head as panels of sixteen rows, transposed: panels[i / 16][p][i % 16].
INLINE void pack_keys(float *panels, const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t size) {
    for (ptrdiff_t i = 0; i < rows; i += 16, panels += 16 * size) {
        const ptrdiff_t count = rows - i < 16 ? rows - i : 16;
        pack_transposed(panels, 16, x + i * stride, stride, count < 8 ? count : 8, size);
        pack_transposed(panels + 8, 16, x + (i + 8) * stride, stride, count < 8 ? 0 : count - 8, size);
    }
}

/// x [rows, size] as panels of sixteen columns: panels[j / 16][p][j % 16].
INLINE void pack_columns(float *panels, const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t size) {
    for (ptrdiff_t j = 0; j < size; j += 16, panels += 16 * rows)
        pack_rows(panels, 16, x + j, stride, size - j < 16 ? size - j : 16, rows);
}

/// x [rows, size] as panels of six rows, transposed: panels[i / 6][p][i % 6].
INLINE void pack_queries(float *panels, const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t size) {
    for (ptrdiff_t i = 0; i < rows; i += TILE_ROWS, panels += TILE_ROWS * size)
        pack_transposed(panels, TILE_ROWS, x + i * stride, stride, rows - i < TILE_ROWS ? rows - i : TILE_ROWS, size);
}

/// c[6,16] = A B of a tile of which only `rows` and `columns` count.
INLINE void edge_tile(float *c, ptrdiff_t stride, const float *a, ptrdiff_t row, ptrdiff_t column, const float *b,
                      ptrdiff_t depth, ptrdiff_t rows, ptrdiff_t columns, int accumulate) {
    if (rows >= TILE_ROWS && columns >= TILE_COLUMNS) {
        multiply_tile(c, stride, a, row, column, b, depth, 1, accumulate);
        return;
    }
    float tile[TILE_ROWS * TILE_COLUMNS];
    multiply_tile(tile, TILE_COLUMNS, a, row, column, b, depth, 1, 0);
    for (ptrdiff_t i = 0; i < TILE_ROWS && i < rows; i++)
        for (ptrdiff_t j = 0; j < TILE_COLUMNS && j < columns; j++)
            c[i * stride + j] = tile[i * TILE_COLUMNS + j] + (accumulate ? c[i * stride + j] : 0);
}

/// scores[i, j - origin] = x[i]·y[j] for the rows of a block and all panels of keys that its tiles see.
INLINE void block_scores(const consilium_attention *a, float *scores, ptrdiff_t stride, ptrdiff_t origin,
                         const float *x_panels, const float *y_panels, ptrdiff_t start, ptrdiff_t rows) {
    const ptrdiff_t size = a->head_size;
    for (ptrdiff_t i = 0; i < rows; i += TILE_ROWS) {
        const ptrdiff_t last = last_key(a, start + i + TILE_ROWS - 1);
        for (ptrdiff_t j = first_panel(a, start + i); j < last; j += TILE_COLUMNS)
            multiply_tile(scores + i * stride + j - origin, stride, x_panels + i * size, 1, TILE_ROWS,
                          y_panels + j * size, size, 1, 0);
    }
}

/// out[i] = sum_j weights[i, j - origin] x[j] over the keys that a tile sees. x in panels of columns of `length` rows.
INLINE void block_rows(const consilium_attention *a, float *out, ptrdiff_t out_stride, const float *weights,
                       ptrdiff_t stride, ptrdiff_t origin, const float *x_panels, ptrdiff_t start, ptrdiff_t rows) {
    const ptrdiff_t size = a->head_size, length = a->length;
    for (ptrdiff_t c = 0; c < size; c += TILE_COLUMNS)
        for (ptrdiff_t i = 0; i < rows; i += TILE_ROWS) {
            const ptrdiff_t first = first_key(a, start + i), last = last_key(a, start + i + TILE_ROWS - 1);
            edge_tile(out + i * out_stride + c, out_stride, weights + i * stride + first - origin, stride, 1,
                      x_panels + c * length + first * TILE_COLUMNS, last - first, rows - i, size - c, 0);
        }
}

/// sums[j] += sum_i weights[i, j - origin] x[i] over the rows of a block. x in panels of columns of QUERIES rows;
/// sums in rows of `sum_stride`, a multiple of sixteen.
INLINE void block_columns(const consilium_attention *a, float *sums, ptrdiff_t sum_stride, const float *weights,
                          ptrdiff_t stride, ptrdiff_t origin, const float *x_panels, ptrdiff_t start, ptrdiff_t rows) {
    const ptrdiff_t last = last_key(a, start + rows - 1);
    for (ptrdiff_t c = 0; c < a->head_size; c += TILE_COLUMNS)
        for (ptrdiff_t j = first_key(a, start) / TILE_ROWS * TILE_ROWS; j < last; j += TILE_ROWS) {
            // The first and the last query that see one of these keys.
            ptrdiff_t from = 0, to = rows;
            if (a->causal) {
                if (j > start) from = j - start;
                if (j + TILE_ROWS - 1 + a->window - start < rows) to = j + TILE_ROWS - 1 + a->window - start;
            }
            if (from < to)
                multiply_tile(sums + j * sum_stride + c, sum_stride, weights + from * stride + j - origin, 1, stride,
                              x_panels + c * QUERIES + from * TILE_COLUMNS, to - from, 1, 1);
        }
}

/// Only the first `count` < 8 elements; zero behind.
INLINE void keep(v8 *x, ptrdiff_t count) {
    const v8i lane = {0, 1, 2, 3, 4, 5, 6, 7};
    *x = (v8)((v8i)*x & (v8i)(lane < (int32_t)count));
}

/// row[j] = cap(scale * row[j]) for j < count and beyond; returns the largest of the `count`.
INLINE float scale_row(float *row, ptrdiff_t count, float scale, float cap) {
    v8 largest = {0};
    largest += row[0] * scale;
    if (cap != 0) {
        largest *= 1 / cap;
        tanh8(&largest);
        largest *= cap;
    }
    for (ptrdiff_t j = 0; j < count; j += 8) {
        v8 s = LOAD8(row + j) * scale;
        if (cap != 0) {
            s *= 1 / cap;
            tanh8(&s);
            s *= cap;
        }
        STORE8(row + j, s);
        if (j + 8 <= count)
            largest = __builtin_elementwise_max(largest, s);
        else
            for (ptrdiff_t i = 0; i < count - j; i++) largest[0] = s[i] > largest[0] ? s[i] : largest[0];
    }
    return max8(&largest);
}

INLINE void clear(float *row, ptrdiff_t from, ptrdiff_t to) {
    for (ptrdiff_t j = from; j < to; j++) row[j] = 0;
}

#endif
