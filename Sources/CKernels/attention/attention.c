#include "../math8.h"
#include "attention_kernels.h"
#include "small_product.h"

#include <math.h>

// Queries are taken in blocks of this many rows; a block holds its rows of scores against all earlier keys.
enum { BLOCK = 32 };

INLINE ptrdiff_t rounded(ptrdiff_t n) { return (n + 15) / 16 * 16; }

ptrdiff_t consilium_attention_scratch(ptrdiff_t length, ptrdiff_t head_size) {
    return rounded(length) * (2 * head_size + 2 * BLOCK);
}

/// Keys as columns: t [head_size, padded], so that scores run along the keys. The padding is zero.
INLINE void transpose(float *t, ptrdiff_t padded, const float *x, ptrdiff_t stride, ptrdiff_t length,
                      ptrdiff_t head_size) {
    for (ptrdiff_t d = 0; d < head_size; d++) {
        for (ptrdiff_t j = 0; j < length; j++) t[d * padded + j] = x[j * stride + d];
        for (ptrdiff_t j = length; j < padded; j++) t[d * padded + j] = 0;
    }
}

/// row[j] = cap(scale * row[j]) for j < count; returns the largest.
INLINE float scaled(float *row, ptrdiff_t count, float scale, float cap) {
    float largest = -INFINITY;
    for (ptrdiff_t j = 0; j < count; j += 8) {
        const ptrdiff_t n = count - j < 8 ? count - j : 8;
        v8 s;
        load_some(&s, row + j, n);
        s *= scale;
        if (cap != 0) {
            s *= 1.0f / cap;
            tanh8(&s);
            s *= cap;
        }
        for (ptrdiff_t i = 0; i < n; i++) largest = s[i] > largest ? s[i] : largest;
        store_some(row + j, &s, n);
    }
    return largest;
}

/// row[j] = exp(row[j] - shift) for j < count; returns the sum.
INLINE float exponentials(float *row, ptrdiff_t count, float shift) {
    float sum = 0;
    for (ptrdiff_t j = 0; j < count; j += 8) {
        const ptrdiff_t n = count - j < 8 ? count - j : 8;
        v8 e;
        load_some(&e, row + j, n);
        e -= shift;
        exp8(&e);
        for (ptrdiff_t i = 0; i < n; i++) sum += e[i];
        store_some(row + j, &e, n);
    }
    return sum;
}

typedef struct {
    ptrdiff_t first, last;
} range;

/// The keys that any query of a block sees, the first rounded down.
INLINE range visible(const consilium_attention *a, ptrdiff_t start, ptrdiff_t end) {
    range r = {0, a->causal ? end : a->length};
    if (a->causal && start - a->window + 1 > 0) r.first = (start - a->window + 1) / 16 * 16;
    return r;
}

INLINE range seen(const consilium_attention *a, ptrdiff_t i) {
    range r = {0, a->causal ? i + 1 : a->length};
    if (a->causal && i - a->window + 1 > 0) r.first = i - a->window + 1;
    return r;
}

INLINE void clear(float *row, ptrdiff_t from, ptrdiff_t to) {
    for (ptrdiff_t j = from; j < to; j++) row[j] = 0;
}

KERNEL void consilium_attention_forward(const consilium_attention *a, float *out, float *lse, const float *q,
                                        const float *k, const float *v, float *scratch) {
    const ptrdiff_t padded = rounded(a->length), size = a->head_size;
    float *keys = scratch, *scores = keys + padded * size;
    transpose(keys, padded, k, a->stride, a->length, size);
    for (ptrdiff_t h = 0; h < a->group; h++)
        for (ptrdiff_t start = 0; start < a->length; start += BLOCK) {
            const ptrdiff_t end = start + BLOCK < a->length ? start + BLOCK : a->length, rows = end - start;
            const range block = visible(a, start, end);
            const ptrdiff_t width = rounded(block.last - block.first);
            small_product(rows, width, size, q + start * a->stride + h * size, a->stride, 1, keys + block.first,
                          padded, scores, padded, 0);
            for (ptrdiff_t i = start; i < end; i++) {
                float *row = scores + (i - start) * padded;
                const range own = seen(a, i);
                float *own_row = row + own.first - block.first;
                const ptrdiff_t count = own.last - own.first;
                const float largest = scaled(own_row, count, a->scale, a->softcap);
                const float sum = exponentials(own_row, count, largest);
                lse[i * a->lse_stride + h] = logf(sum) + largest;
                const float inverse = 1.0f / sum;
                for (ptrdiff_t j = 0; j < count; j++) own_row[j] *= inverse;
                clear(row, 0, own.first - block.first);
                clear(row, own.last - block.first, width);
            }
            small_product(rows, size, block.last - block.first, scores, padded, 1, v + block.first * a->stride,
                          a->stride, out + start * a->out_stride + h * size, a->out_stride, 0);
        }
}

KERNEL void consilium_attention_backward(const consilium_attention *a, float *dq, float *dk, float *dv,
                                         const float *dout, const float *out, const float *lse, const float *q,
                                         const float *k, const float *v, float *scratch) {
    const ptrdiff_t padded = rounded(a->length), size = a->head_size, gs = a->gradient_stride;
    float *keys = scratch, *values = keys + padded * size, *p = values + padded * size, *ds = p + padded * BLOCK;
    transpose(keys, padded, k, a->stride, a->length, size);
    transpose(values, padded, v, a->stride, a->length, size);
    for (ptrdiff_t t = 0; t < a->length; t++) {
        memset(dk + t * gs, 0, (size_t)size * sizeof(float));
        memset(dv + t * gs, 0, (size_t)size * sizeof(float));
    }
    for (ptrdiff_t h = 0; h < a->group; h++)
        for (ptrdiff_t start = 0; start < a->length; start += BLOCK) {
            const ptrdiff_t end = start + BLOCK < a->length ? start + BLOCK : a->length, rows = end - start;
            const range block = visible(a, start, end);
            const ptrdiff_t count = block.last - block.first, width = rounded(count);
            const float *query = q + start * a->stride + h * size;
            const float *d = dout + start * a->dout_stride + h * size, *o = out + start * a->out_stride + h * size;
            small_product(rows, width, size, query, a->stride, 1, keys + block.first, padded, p, padded, 0);
            small_product(rows, width, size, d, a->dout_stride, 1, values + block.first, padded, ds, padded, 0);
            for (ptrdiff_t i = 0; i < rows; i++) {
                const range own = seen(a, start + i);
                const ptrdiff_t from = own.first - block.first, to = own.last - block.first;
                float *prow = p + i * padded, *dsrow = ds + i * padded, delta = 0;
                for (ptrdiff_t c = 0; c < size; c++) delta += d[i * a->dout_stride + c] * o[i * a->out_stride + c];
                scaled(prow + from, to - from, a->scale, a->softcap);
                if (a->softcap != 0)
                    for (ptrdiff_t j = from; j < to; j++) {
                        const float c = prow[j] / a->softcap;
                        dsrow[j] = (dsrow[j] - delta) * (1.0f - c * c);
                    }
                else
                    for (ptrdiff_t j = from; j < to; j++) dsrow[j] -= delta;
                exponentials(prow + from, to - from, lse[(start + i) * a->lse_stride + h]);
                for (ptrdiff_t j = from; j < to; j++) dsrow[j] *= a->scale * prow[j];
                clear(prow, 0, from);
                clear(prow, to, width);
                clear(dsrow, 0, from);
                clear(dsrow, to, width);
            }
            small_product(rows, size, count, ds, padded, 1, k + block.first * a->stride, a->stride,
                          dq + start * gs + h * size, gs, 0);
            small_product(count, size, rows, ds, 1, padded, query, a->stride, dk + block.first * gs, gs, 1);
            small_product(count, size, rows, p, 1, padded, d, a->dout_stride, dv + block.first * gs, gs, 1);
        }
}
