// The loss of the head and its gradient, in place: a block a row.
#include "device.h"

/// With c = cap · tanh(logits / cap), or the logits where `cap` is 0: losses[t] = log Σ exp(c) - c[targets[t]]. With
/// `weights`, the logits become weights[t] · d losses[t] / d logits (before the cap). A NaN or an infinity in a row, or a
/// target outside of the vocabulary, makes its loss NaN.
KERNEL(1024, cross_entropy, float *logits, float *RESTRICT losses, const int *RESTRICT targets,
       const float *RESTRICT weights, i64 rows, i64 vocabulary, float cap) {
    SHARED(float, scratch, 32);
    const i64 t = block_x();
    const bool inside = t < rows;
    float *row = logits + t * vocabulary;
    const int n = inside ? (int)vocabulary : 0, step = block_threads();
    const int target = inside ? targets[t] : 0;
    const bool capped = cap != 0.0f, valid = inside && target >= 0 && target < n;
    float largest = -3.402823466e38f, infinite = 0;
    for (int i = thread_x(); i < n; i += step) {
        largest = fmaxf(largest, row[i]);
        if (fabsf(row[i]) > 3.402823466e38f) infinite = 1;
    }
    largest = block_max(largest, scratch);
    infinite = block_max(infinite, scratch);
    float chosen = valid ? row[target] : 0;
    if (capped) {
        largest = cap * tanhf(largest / cap);
        chosen = cap * tanhf(chosen / cap);
    }
    float sum = 0;
    for (int i = thread_x(); i < n; i += step) {
        const float c = capped ? cap * tanhf(row[i] / cap) : row[i];
        sum += expf(c - largest);
    }
    sum = block_sum(sum, scratch);
    const float nan = bits_to_float(0x7fc00000u);
    if (infinite > 0 || !valid) sum = nan;
    if (inside && thread_x() == 0) losses[t] = logf(sum) + (largest - chosen);
    // All have read what the others are about to write: the sum was a barrier.
    if (weights) {
        const float weight = inside ? weights[t] : 0, factor = weight / sum;
        for (int i = thread_x(); i < n; i += step) {
            const float c = capped ? cap * tanhf(row[i] / cap) : row[i];
            float gradient = expf(c - largest) * factor - (i == target ? weight : 0);
            if (capped) gradient *= 1.0f - c * c / (cap * cap);
            row[i] = gradient;
        }
    }
}
