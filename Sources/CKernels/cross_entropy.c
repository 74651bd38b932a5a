#include "include/transformer_kernels.h"
#include "platform.h"

#include <math.h>

KERNEL void consilium_cross_entropy(float *restrict logits, float *restrict losses, const int32_t *restrict targets,
                                    const float *restrict weights, ptrdiff_t tokens, ptrdiff_t vocabulary) {
    const ptrdiff_t whole = vocabulary / 8 * 8;
    for (ptrdiff_t t = 0; t < tokens; t++) {
        float *row = logits + t * vocabulary;
        const float target = row[targets[t]];
        float largest = row[0];
        if (whole > 0) {
            v8 m = LOAD8(row);
            for (ptrdiff_t i = 8; i < whole; i += 8) m = __builtin_elementwise_max(m, LOAD8(row + i));
            largest = max8(&m);
        }
        for (ptrdiff_t i = whole; i < vocabulary; i++) largest = row[i] > largest ? row[i] : largest;
        v8 sums = {0};
        for (ptrdiff_t i = 0; i < whole; i += 8) {
            v8 e = LOAD8(row + i) - largest;
            exp8(&e);
            sums += e;
            if (weights) STORE8(row + i, e);
        }
        float sum = sum8(&sums);
        for (ptrdiff_t i = whole; i < vocabulary; i++) {
            const float e = expf(row[i] - largest);
            sum += e;
            if (weights) row[i] = e;
        }
        losses[t] = logf(sum) + largest - target;
        if (!weights) continue;
        const float factor = weights[t] / sum;
        for (ptrdiff_t i = 0; i < vocabulary; i++) row[i] *= factor;
        row[targets[t]] -= weights[t];
    }
}
