#include "attention_blocks.h"

#include <math.h>

ptrdiff_t consilium_attention_forward_scratch(ptrdiff_t length, ptrdiff_t head_size) {
    const ptrdiff_t keys = up(length, 16), size = up(head_size, 16);
    return 2 * keys * size + QUERIES * (size + score_stride(length)) + 16;
}

/// row[j] = exp(row[j] - shift) for j < count; returns the sum.
INLINE float exponentials(float *row, ptrdiff_t count, float shift) {
    v8 sums = {0};
    for (ptrdiff_t j = 0; j < count; j += 8) {
        v8 e = LOAD8(row + j) - shift;
        exp8(&e);
        if (j + 8 > count) keep(&e, count - j);
        sums += e;
        STORE8(row + j, e);
    }
    return sum8(&sums);
}

/// Queries `past`... of a sequence of `length` keys, whose rows lie `key_stride` apart; `lse` may be null.
INLINE void forward_rows(const consilium_attention *a, ptrdiff_t past, ptrdiff_t key_stride, float *out, float *lse,
                         const float *q, const float *k, const float *v, float *scratch) {
    const ptrdiff_t length = a->length, size = a->head_size, stride = score_stride(length);
    float *keys = scratch, *values = keys + up(length, 16) * size;
    float *queries = values + length * up(size, 16), *scores = queries + QUERIES * size + 16;
    pack_keys(keys, k, key_stride, length, size);
    pack_columns(values, v, key_stride, length, size);
    for (ptrdiff_t h = 0; h < a->group; h++)
        for (ptrdiff_t start = past; start < length; start += QUERIES) {
            const ptrdiff_t rows = length - start < QUERIES ? length - start : QUERIES;
            const ptrdiff_t origin = first_panel(a, start);
            float *to = out + (start - past) * a->out_stride + h * size;
            float inverse[QUERIES];
            pack_queries(queries, q + (start - past) * a->stride + h * size, a->stride, rows, size);
            block_scores(a, scores, stride, origin, queries, keys, start, rows);
            for (ptrdiff_t i = 0; i < rows; i++) {
                const ptrdiff_t query = start + i, tile = i / TILE_ROWS * TILE_ROWS;
                const ptrdiff_t first = first_key(a, query) - origin, last = last_key(a, query) - origin;
                float *row = scores + i * stride;
                const float largest = scale_row(row + first, last - first, a->scale, a->softcap);
                const float sum = exponentials(row + first, last - first, largest);
                if (lse) lse[query * a->lse_stride + h] = logf(sum) + largest;
                inverse[i] = 1.0f / sum;
                clear(row, first_key(a, start + tile) - origin, first);
                clear(row, last, last_key(a, start + tile + TILE_ROWS - 1) - origin);
            }
            block_rows(a, to, a->out_stride, scores, stride, origin, values, start, rows);
            for (ptrdiff_t i = 0; i < rows; i++)
                for (ptrdiff_t c = 0; c < size; c++) to[i * a->out_stride + c] *= inverse[i];
        }
}

KERNEL void consilium_attention_forward(const consilium_attention *a, float *out, float *lse, const float *q,
                                        const float *k, const float *v, float *scratch) {
    forward_rows(a, 0, a->stride, out, lse, q, k, v, scratch);
}

KERNEL void consilium_attention_extend(const consilium_attention *a, ptrdiff_t past, ptrdiff_t key_stride, float *out,
                                       const float *q, const float *k, const float *v, float *scratch) {
    forward_rows(a, past, key_stride, out, (float *)0, q, k, v, scratch);
}
