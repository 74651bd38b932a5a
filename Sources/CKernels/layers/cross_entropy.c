#include "../math8.h"
#include "layer_kernels.h"

#include <math.h>

INLINE void cap8(v8 *x, float cap) {
    *x *= 1.0f / cap;
    tanh8(x);
    *x *= cap;
}

INLINE float cap1(float x, float cap) {
    v8 v = (v8){0} + x;
    cap8(&v, cap);
    return v[0];
}

KERNEL void consilium_softcap(float *x, float cap, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i += 8) {
        const ptrdiff_t n = count - i < 8 ? count - i : 8;
        v8 v;
        load_some(&v, x + i, n);
        cap8(&v, cap);
        store_some(x + i, &v, n);
    }
}

/// Turns row[i] into exp(c - largest), c the capped logit, times the derivative of the cap; returns the sum of the
/// exponentials. Nothing is written unless `write`.
INLINE float exponentials(float *row, ptrdiff_t width, float largest, int capped, float cap, int write) {
    v8 sums = {0};
    ptrdiff_t i = 0;
    for (; i + 8 <= width; i += 8) {
        v8 c = LOAD8(row + i);
        if (capped) cap8(&c, cap);
        v8 e = c - largest;
        exp8(&e);
        sums += e;
        if (capped) e *= 1.0f - c * c * (1.0f / (cap * cap));
        if (write) STORE8(row + i, e);
    }
    float sum = sum8(&sums);
    if (i < width) {
        v8 c;
        load_some(&c, row + i, width - i);
        if (capped) cap8(&c, cap);
        v8 e = c - largest;
        exp8(&e);
        for (ptrdiff_t j = 0; j < width - i; j++) sum += e[j];
        if (capped) e *= 1.0f - c * c * (1.0f / (cap * cap));
        if (write) store_some(row + i, &e, width - i);
    }
    return sum;
}

INLINE void cross_entropy(float *logits, float *losses, const int32_t *targets, const float *weights, ptrdiff_t tokens,
                          ptrdiff_t vocabulary, int capped, float cap) {
    const ptrdiff_t whole = vocabulary / 8 * 8;
    for (ptrdiff_t t = 0; t < tokens; t++) {
        float *row = logits + t * vocabulary;
        float largest = row[0];
        if (whole > 0) {
            v8 m = LOAD8(row);
            for (ptrdiff_t i = 8; i < whole; i += 8) m = __builtin_elementwise_max(m, LOAD8(row + i));
            largest = max8(&m);
        }
        for (ptrdiff_t i = whole; i < vocabulary; i++) largest = row[i] > largest ? row[i] : largest;
        float target = row[targets[t]];
        if (capped) {
            largest = cap1(largest, cap);
            target = cap1(target, cap);
        }
        const float sum = exponentials(row, vocabulary, largest, capped, cap, weights != 0);
        losses[t] = logf(sum) + (largest - target);
        if (!weights) continue;
        const float factor = weights[t] / sum;
        for (ptrdiff_t i = 0; i < vocabulary; i++) row[i] *= factor;
        row[targets[t]] -= weights[t] * (capped ? 1.0f - target * target / (cap * cap) : 1.0f);
    }
}

KERNEL void consilium_cross_entropy(float *logits, float *losses, const int32_t *targets, const float *weights,
                                    ptrdiff_t tokens, ptrdiff_t vocabulary, float cap) {
    if (cap != 0)
        cross_entropy(logits, losses, targets, weights, tokens, vocabulary, 1, cap);
    else
        cross_entropy(logits, losses, targets, weights, tokens, vocabulary, 0, 0);
}
