#include <math.h>
#include <string.h>

#include "platform.h"
#include "taggers.h"

// The rows of a token's features that have weights, and how many. Their memory is asked for at once: a row is seldom in
// the cache, and the sums can wait for it while the next token's rows are looked up.
INLINE int32_t active_rows(const tagger_cell *cells, const int8_t *weights, int32_t stride, const uint32_t *buckets,
                           int32_t features, const int8_t **rows) {
    int32_t count = 0;
    for (int32_t feature = 0; feature < features; feature++) {
        uint32_t bucket = buckets[feature];
        const tagger_cell *cell = cells + (bucket >> 6);
        uint64_t bit = 1ull << (bucket & 63);
        size_t row = cell->rank + (size_t)__builtin_popcountll(cell->bits & (bit - 1));
        // Without a jump: whether a feature has weights can't be foretold.
        rows[count] = weights + row * (size_t)stride;
        count += (cell->bits & bit) != 0;
    }
    for (int32_t row = 0; row < count; row++) __builtin_prefetch(rows[row]);
    return count;
}

// Inlined with a constant stride, so that the sums stay in registers.
INLINE void add_rows(const int8_t *const *rows, int32_t count, int32_t stride, float scale, float *out) {
    int16_t sums[64] = {0};
    for (int32_t row = 0; row < count; row++) {
        const int8_t *values = rows[row];
        for (int32_t label = 0; label < stride; label++) sums[label] += values[label];
    }
    for (int32_t label = 0; label < stride; label++) out[label] = scale * (float)sums[label];
}

KERNEL
void tagger_scores_int8(const tagger_cell *cells, const int8_t *weights, int32_t stride, float scale,
                        const uint32_t *buckets, const int32_t *offsets, int32_t tokens, float *scores) {
    const int8_t *rows[2][256];
    int32_t count[2] = {0, 0};
    for (int32_t token = 0; token <= tokens; token++) {
        if (token + 1 < tokens)
            for (int32_t feature = offsets[token + 1]; feature < offsets[token + 2]; feature++)
                __builtin_prefetch(cells + (buckets[feature] >> 6));
        if (token < tokens)
            count[token & 1] = active_rows(cells, weights, stride, buckets + offsets[token],
                                           offsets[token + 1] - offsets[token], rows[token & 1]);
        if (token == 0) continue;
        const int8_t *const *ready = rows[(token - 1) & 1];
        int32_t ready_count = count[(token - 1) & 1];
        float *out = scores + (size_t)(token - 1) * (size_t)stride;
        switch (stride) {
            case 24: add_rows(ready, ready_count, 24, scale, out); break;
            case 32: add_rows(ready, ready_count, 32, scale, out); break;
            case 40: add_rows(ready, ready_count, 40, scale, out); break;
            default: add_rows(ready, ready_count, stride, scale, out);
        }
    }
}

void tagger_scores_float(const float *weights, int32_t stride, const int32_t *rows, const int32_t *offsets,
                         int32_t tokens, float *scores) {
    for (int32_t token = 0; token < tokens; token++) {
        float sums[64] = {0};
        for (int32_t feature = offsets[token]; feature < offsets[token + 1]; feature++) {
            if (rows[feature] < 0) continue;
            const float *values = weights + (size_t)rows[feature] * (size_t)stride;
            for (int32_t base = 0; base < stride; base += 8)
                for (int32_t label = 0; label < 8; label++) sums[base + label] += values[base + label];
        }
        memcpy(scores + (size_t)token * (size_t)stride, sums, (size_t)stride * sizeof(float));
    }
}

// exp for x <= 0, relative error below 1e-6: 2^n times a polynomial of the fraction. Vectorizes, unlike the library's.
INLINE float exponential(float x) {
    float scaled = x * 1.44269504f;
    if (scaled < -126.0f) scaled = -126.0f;
    // Truncation rounds toward 0, so the fraction is in (-1, 0].
    int32_t whole = (int32_t)scaled;
    float f = (scaled - (float)whole) * 0.69314718f;
    float power = 1.0f + f * (1.0f + f * (0.5f + f * (0.166666667f + f * (0.0416666667f + f * (0.00833333333f
                  + f * (0.00138888889f + f * 0.000198412698f))))));
    union {
        int32_t bits;
        float value;
    } two = {.bits = (whole + 127) << 23};
    return two.value * power;
}

// Below this, a label contributes nothing that shows in a probability.
static const float negligible = 1e-10f;

KERNEL
double tagger_marginals(const float *scores, const float *transitions, const float *transposed, const float *start,
                        int32_t labels, int32_t stride, int32_t tokens, const uint64_t *allowed, float *marginals,
                        float *pairs, float *work) {
    if (tokens <= 0) return 0;
    const size_t row = (size_t)stride;
    float *potentials = work;
    float *forward = work + (size_t)tokens * row;
    float *later = work + 2 * (size_t)tokens * row;  // potential * backward / scale
    double logarithm = 0;

    for (int32_t token = 0; token < tokens; token++) {
        const float *score = scores + (size_t)token * row;
        float *potential = potentials + (size_t)token * row;
        uint64_t mask = allowed ? allowed[token] : ~0ull;
        float most = -INFINITY;
        for (int32_t label = 0; label < labels; label++)
            if (mask >> label & 1 && score[label] > most) most = score[label];
        for (int32_t base = 0; base < stride; base += 8)
            for (int32_t label = 0; label < 8; label++) {
                float difference = score[base + label] - most;
                potential[base + label] = exponential(difference < 0 ? difference : 0);
            }
        for (int32_t label = 0; label < labels; label++)
            if (!(mask >> label & 1)) potential[label] = 0;
        for (int32_t label = labels; label < stride; label++) potential[label] = 0;

        float *now = forward + (size_t)token * row;
        if (token == 0) {
            memcpy(now, start, row * sizeof(float));
        } else {
            const float *before = now - row;
            float sums[64] = {0};
            for (int32_t from = 0; from < labels; from++) {
                float weight = before[from];
                if (weight < negligible) continue;
                const float *edge = transitions + (size_t)from * row;
                for (int32_t base = 0; base < stride; base += 8)
                    for (int32_t to = 0; to < 8; to++) sums[base + to] += weight * edge[base + to];
            }
            memcpy(now, sums, row * sizeof(float));
        }
        float total = 0;
        for (int32_t label = 0; label < labels; label++) {
            now[label] *= potential[label];
            total += now[label];
        }
        if (!(total > 0) || !isfinite(total)) return NAN;
        float inverse = 1 / total;
        for (int32_t label = 0; label < labels; label++) now[label] *= inverse;
        // From here on the potentials hold the scale too: what the backward pass needs.
        for (int32_t label = 0; label < labels; label++) potential[label] *= inverse;
        logarithm += log((double)total) + (double)most;
    }

    float backward[64];
    for (int32_t label = 0; label < stride; label++) backward[label] = label < labels ? 1.0f : 0.0f;
    for (int32_t token = tokens - 1; token >= 0; token--) {
        const float *now = forward + (size_t)token * row;
        const float *potential = potentials + (size_t)token * row;
        float *out = marginals + (size_t)token * row;
        float *follow = later + (size_t)token * row;
        for (int32_t label = 0; label < stride; label++) {
            out[label] = now[label] * backward[label];
            follow[label] = potential[label] * backward[label];
        }
        if (token == 0) break;
        if (pairs) {
            const float *before = now - row;
            for (int32_t from = 0; from < labels; from++) {
                if (before[from] < negligible) continue;
                const float *edge = transitions + (size_t)from * row;
                float *sum = pairs + (size_t)from * row;
                for (int32_t to = 0; to < stride; to++) sum[to] += before[from] * edge[to] * follow[to];
            }
        }
        float sums[64] = {0};
        for (int32_t to = 0; to < labels; to++) {
            float weight = follow[to];
            if (weight < negligible) continue;
            const float *edge = transposed + (size_t)to * row;
            for (int32_t base = 0; base < stride; base += 8)
                for (int32_t from = 0; from < 8; from++) sums[base + from] += weight * edge[base + from];
        }
        memcpy(backward, sums, sizeof sums);
    }
    return logarithm;
}

void tagger_update(float *weights, float *squares, int32_t stride, const int32_t *rows, const int32_t *offsets,
                   int32_t tokens, const float *gradient, float rate, float penalty) {
    for (int32_t token = 0; token < tokens; token++) {
        const float *slope = gradient + (size_t)token * (size_t)stride;
        float most = 0;
        for (int32_t label = 0; label < stride; label++) most = fmaxf(most, fabsf(slope[label]));
        if (most < 1e-3f) continue;
        for (int32_t feature = offsets[token]; feature < offsets[token + 1]; feature++) {
            if (rows[feature] < 0) continue;
            float *weight = weights + (size_t)rows[feature] * (size_t)stride;
            float *square = squares + (size_t)rows[feature] * (size_t)stride;
            for (int32_t base = 0; base < stride; base += 8)
                for (int32_t label = base; label < base + 8; label++) {
                    float value = slope[label] + penalty * weight[label];
                    square[label] += value * value;
                    weight[label] -= rate * value / sqrtf(square[label] + 1e-6f);
                }
        }
    }
}
