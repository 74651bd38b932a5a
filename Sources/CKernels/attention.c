#include "include/transformer_kernels.h"
#include "platform.h"
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

/// row[j] = exp(scale * row[j] - shift) for j < count, 0 for count <= j < padded; returns the sum.
INLINE float exponentials(float *row, ptrdiff_t count, ptrdiff_t padded, float scale, float shift) {
    v8 sums = {0};
    ptrdiff_t j = 0;
    for (; j + 8 <= count; j += 8) {
        v8 e = LOAD8(row + j) * scale - shift;
        exp8(&e);
        sums += e;
        STORE8(row + j, e);
    }
    float sum = sum8(&sums);
    if (j < count) {
        float tail[8];
        v8 e = LOAD8(row + j) * scale - shift;
        exp8(&e);
        STORE8(tail, e);
        for (ptrdiff_t i = 0; j + i < count; i++) {
            row[j + i] = tail[i];
            sum += tail[i];
        }
    }
    for (j = count; j < padded; j++) row[j] = 0;
    return sum;
}

KERNEL void consilium_attention_forward(float *restrict out, ptrdiff_t out_stride, float *restrict lse,
                                        const float *restrict q, const float *restrict k, const float *restrict v,
                                        ptrdiff_t stride, ptrdiff_t length, ptrdiff_t heads, ptrdiff_t kv_heads,
                                        ptrdiff_t head_size, float scale, float *restrict scratch) {
    const ptrdiff_t padded = rounded(length), group = heads / kv_heads;
    float *keys = scratch, *scores = scratch + padded * head_size;
    for (ptrdiff_t h = 0; h < heads; h++) {
        const float *value = v + h / group * head_size;
        if (h % group == 0) transpose(keys, padded, k + h / group * head_size, stride, length, head_size);
        for (ptrdiff_t start = 0; start < length; start += BLOCK) {
            const ptrdiff_t end = start + BLOCK < length ? start + BLOCK : length, rows = end - start;
            const ptrdiff_t visible = rounded(end);
            const float *query = q + start * stride + h * head_size;
            small_product(rows, visible, head_size, query, stride, 1, keys, padded, scores, padded, 0);
            for (ptrdiff_t i = 0; i < rows; i++) {
                float *row = scores + i * padded;
                const ptrdiff_t count = start + i + 1;
                float largest = row[0];
                for (ptrdiff_t j = 1; j < count; j++) largest = row[j] > largest ? row[j] : largest;
                const float sum = exponentials(row, count, visible, scale, scale * largest);
                lse[h * length + start + i] = logf(sum) + scale * largest;
                const float inverse = 1.0f / sum;
                for (ptrdiff_t j = 0; j < visible; j++) row[j] *= inverse;
            }
            small_product(rows, head_size, end, scores, padded, 1, value, stride,
                          out + start * out_stride + h * head_size, out_stride, 0);
        }
    }
}

KERNEL void consilium_attention_backward(float *restrict dq, float *restrict dk, float *restrict dv,
                                         const float *restrict dout, const float *restrict out, ptrdiff_t out_stride,
                                         const float *restrict lse, const float *restrict q, const float *restrict k,
                                         const float *restrict v, ptrdiff_t stride, ptrdiff_t length, ptrdiff_t heads,
                                         ptrdiff_t kv_heads, ptrdiff_t head_size, float scale,
                                         float *restrict scratch) {
#pragma clang fp reassociate(on)
    const ptrdiff_t padded = rounded(length), group = heads / kv_heads;
    float *keys = scratch, *values = keys + padded * head_size, *p = values + padded * head_size;
    float *ds = p + padded * BLOCK;
    for (ptrdiff_t t = 0; t < length; t++) {
        memset(dk + t * stride, 0, (size_t)(kv_heads * head_size) * sizeof(float));
        memset(dv + t * stride, 0, (size_t)(kv_heads * head_size) * sizeof(float));
    }
    for (ptrdiff_t h = 0; h < heads; h++) {
        const ptrdiff_t kv = h / group * head_size;
        if (h % group == 0) {
            transpose(keys, padded, k + kv, stride, length, head_size);
            transpose(values, padded, v + kv, stride, length, head_size);
        }
        for (ptrdiff_t start = 0; start < length; start += BLOCK) {
            const ptrdiff_t end = start + BLOCK < length ? start + BLOCK : length, rows = end - start;
            const ptrdiff_t visible = rounded(end);
            const float *query = q + start * stride + h * head_size;
            const float *d = dout + start * out_stride + h * head_size;
            const float *o = out + start * out_stride + h * head_size;
            small_product(rows, visible, head_size, query, stride, 1, keys, padded, p, padded, 0);
            small_product(rows, visible, head_size, d, out_stride, 1, values, padded, ds, padded, 0);
            for (ptrdiff_t i = 0; i < rows; i++) {
                float *prow = p + i * padded, *dsrow = ds + i * padded, delta = 0;
                exponentials(prow, start + i + 1, visible, scale, lse[h * length + start + i]);
                for (ptrdiff_t c = 0; c < head_size; c++) delta += d[i * out_stride + c] * o[i * out_stride + c];
                for (ptrdiff_t j = 0; j < visible; j++) dsrow[j] = scale * prow[j] * (dsrow[j] - delta);
            }
            small_product(rows, head_size, end, ds, padded, 1, k + kv, stride, dq + start * stride + h * head_size,
                          stride, 0);
            small_product(end, head_size, rows, ds, 1, padded, query, stride, dk + kv, stride, 1);
            small_product(end, head_size, rows, p, 1, padded, d, out_stride, dv + kv, stride, 1);
        }
    }
}

KERNEL void consilium_attention_decode(float *restrict out, const float *restrict q, const float *restrict keys,
                                       const float *restrict values, ptrdiff_t kv_stride, ptrdiff_t length,
                                       ptrdiff_t heads, ptrdiff_t kv_heads, ptrdiff_t head_size, float scale,
                                       float *restrict scores) {
#pragma clang fp reassociate(on)
    const ptrdiff_t group = heads / kv_heads;
    for (ptrdiff_t h = 0; h < heads; h++) {
        const float *query = q + h * head_size, *key = keys + h / group * head_size;
        const float *value = values + h / group * head_size;
        float largest = 0, sum = 0, *o = out + h * head_size;
        for (ptrdiff_t j = 0; j < length; j++) {
            float dot = 0;
            for (ptrdiff_t c = 0; c < head_size; c++) dot += query[c] * key[j * kv_stride + c];
            scores[j] = dot * scale;
            largest = j == 0 || scores[j] > largest ? scores[j] : largest;
        }
        for (ptrdiff_t c = 0; c < head_size; c++) o[c] = 0;
        for (ptrdiff_t j = 0; j < length; j++) {
            const float p = expf(scores[j] - largest);
            sum += p;
            for (ptrdiff_t c = 0; c < head_size; c++) o[c] += p * value[j * kv_stride + c];
        }
        for (ptrdiff_t c = 0; c < head_size; c++) o[c] /= sum;
    }
}
