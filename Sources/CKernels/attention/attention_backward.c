#include "attention_blocks.h"

ptrdiff_t consilium_attention_backward_scratch(ptrdiff_t length, ptrdiff_t head_size) {
    const ptrdiff_t keys = up(length, 16), size = up(head_size, 16);
    return 3 * keys * size + 2 * up(length, TILE_ROWS) * size + QUERIES * (4 * size + 2 * score_stride(length)) + 64;
}

/// From scores and dP to P and dS, for the `count` keys that a row sees.
INLINE void row_gradient(float *p, float *ds, ptrdiff_t count, float scale, float cap, float lse, float delta) {
    const v8 one = (v8){0} + 1.0f;
    for (ptrdiff_t j = 0; j < count; j += 8) {
        v8 s = LOAD8(p + j) * scale, slope = one;
        if (cap != 0) {
            s *= 1 / cap;
            tanh8(&s);
            slope -= s * s;
            s *= cap;
        }
        v8 e = s - lse;
        exp8(&e);
        v8 d = e * (LOAD8(ds + j) - delta) * scale;
        if (cap != 0) d *= slope;
        if (j + 8 > count) {
            keep(&e, count - j);
            keep(&d, count - j);
        }
        STORE8(p + j, e);
        STORE8(ds + j, d);
    }
}

INLINE void copy_rows(float *y, ptrdiff_t y_stride, const float *x, ptrdiff_t x_stride, ptrdiff_t rows,
                      ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < rows; i++) memcpy(y + i * y_stride, x + i * x_stride, (size_t)width * sizeof(float));
}

KERNEL void consilium_attention_backward(const consilium_attention *a, float *dq, float *dk, float *dv,
                                         const float *dout, const float *out, const float *lse, const float *q,
                                         const float *k, const float *v, float *scratch) {
    const ptrdiff_t length = a->length, size = a->head_size, wide = up(size, 16), stride = score_stride(length);
    const ptrdiff_t padded = up(length, 16), tiles = up(length, TILE_ROWS);
    float *keys = scratch, *values = keys + padded * wide, *key_columns = values + padded * wide;
    float *key_sums = key_columns + padded * wide, *value_sums = key_sums + tiles * wide;
    float *p = value_sums + tiles * wide, *ds = p + QUERIES * stride;
    float *query_columns = ds + QUERIES * stride, *d_columns = query_columns + QUERIES * wide;
    float *query_rows = d_columns + QUERIES * wide, *d_rows = query_rows + QUERIES * wide + 16;
    pack_keys(keys, k, a->stride, length, size);
    pack_keys(values, v, a->stride, length, size);
    pack_columns(key_columns, k, a->stride, length, size);
    memset(key_sums, 0, (size_t)(2 * tiles * wide) * sizeof(float));
    for (ptrdiff_t h = 0; h < a->group; h++)
        for (ptrdiff_t start = 0; start < length; start += QUERIES) {
            const ptrdiff_t rows = length - start < QUERIES ? length - start : QUERIES;
            const ptrdiff_t origin = first_panel(a, start);
            const float *query = q + start * a->stride + h * size;
            const float *d = dout + start * a->dout_stride + h * size, *o = out + start * a->out_stride + h * size;
            pack_queries(query_rows, query, a->stride, rows, size);
            pack_queries(d_rows, d, a->dout_stride, rows, size);
            for (ptrdiff_t c = 0; c < size; c += 16) {
                const ptrdiff_t count = size - c < 16 ? size - c : 16;
                pack_rows(query_columns + c * QUERIES, 16, query + c, a->stride, count, rows);
                pack_rows(d_columns + c * QUERIES, 16, d + c, a->dout_stride, count, rows);
            }
            block_scores(a, p, stride, origin, query_rows, keys, start, rows);
            block_scores(a, ds, stride, origin, d_rows, values, start, rows);
            for (ptrdiff_t i = 0; i < rows; i++) {
                const ptrdiff_t first = first_key(a, start + i) - origin, last = last_key(a, start + i) - origin;
                float *p_row = p + i * stride, *ds_row = ds + i * stride;
                v8 dots = {0};
                ptrdiff_t c = 0;
                const float *d_row = d + i * a->dout_stride, *o_row = o + i * a->out_stride;
                for (; c + 8 <= size; c += 8) dots += LOAD8(d_row + c) * LOAD8(o_row + c);
                float delta = sum8(&dots);
                for (; c < size; c++) delta += d_row[c] * o_row[c];
                row_gradient(p_row + first, ds_row + first, last - first, a->scale, a->softcap,
                             lse[(start + i) * a->lse_stride + h], delta);
                // Another tile before and behind: block_columns reads so far.
                const ptrdiff_t before = first > TILE_ROWS ? first - TILE_ROWS : 0;
                const ptrdiff_t behind = last_key(a, start + i / TILE_ROWS * TILE_ROWS + TILE_ROWS - 1) - origin;
                clear(p_row, before, first);
                clear(ds_row, before, first);
                clear(p_row, last, behind + TILE_ROWS);
                clear(ds_row, last, behind + TILE_ROWS);
            }
            block_rows(a, dq + start * a->gradient_stride + h * size, a->gradient_stride, ds, stride, origin,
                       key_columns, start, rows);
            block_columns(a, key_sums, wide, ds, stride, origin, query_columns, start, rows);
            block_columns(a, value_sums, wide, p, stride, origin, d_columns, start, rows);
        }
    copy_rows(dk, a->gradient_stride, key_sums, wide, length, size);
    copy_rows(dv, a->gradient_stride, value_sums, wide, length, size);
}
