#include <string.h>

#include "taggers.h"

// Compiled twice on x86-64, for AVX2+FMA and for the baseline; the loader takes the better one.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float v8 __attribute__((vector_size(32)));
typedef float v8_memory __attribute__((vector_size(32), aligned(4), may_alias));
#define LOAD8(p) (*(const v8_memory *)(p))
#define STORE8(p, x) (*(v8_memory *)(p) = (x))

KERNEL
void tagger_context_sums(const int8_t *table, const float *scale, const float *bias, int32_t channels,
                         const uint16_t *rows, const int32_t *offsets, int32_t tokens, float *states) {
    for (int32_t token = 0; token < tokens; token++) {
        int16_t sums[128] = {0};
        for (int32_t feature = offsets[token]; feature < offsets[token + 1]; feature++) {
            const int8_t *values = table + (size_t)rows[feature] * (size_t)channels;
            for (int32_t channel = 0; channel < channels; channel++) sums[channel] += values[channel];
        }
        float *out = states + (size_t)token * (size_t)channels;
        for (int32_t channel = 0; channel < channels; channel++) {
            float value = scale[channel] * (float)sums[channel] + bias[channel];
            out[channel] = value > 0 ? value : 0;
        }
    }
}

// Four tokens by sixteen sums: eight vectors that stay in registers, and each weight is used four times.
INLINE void layer_tile(const float *weights, const float *bias, int32_t channels, int32_t reach, const float *in,
                       float *out, int32_t first) {
    v8 sums[4][2];
    for (int32_t token = 0; token < 4; token++)
        for (int32_t half = 0; half < 2; half++) sums[token][half] = LOAD8(bias + first + 8 * half);
    for (int32_t place = -1; place <= 1; place++) {
        const float *beside = in + (ptrdiff_t)place * reach * channels;
        const float *row = weights + (size_t)(place + 1) * (size_t)channels * (size_t)channels + first;
        for (int32_t channel = 0; channel < channels; channel++, row += channels) {
            const v8 left = LOAD8(row), right = LOAD8(row + 8);
            for (int32_t token = 0; token < 4; token++) {
                const float value = beside[token * channels + channel];
                sums[token][0] += value * left;
                sums[token][1] += value * right;
            }
        }
    }
    for (int32_t token = 0; token < 4; token++)
        for (int32_t half = 0; half < 2; half++) {
            const ptrdiff_t at = token * channels + first + 8 * half;
            const v8 zero = {0};
            STORE8(out + at, LOAD8(in + at) + __builtin_elementwise_max(sums[token][half], zero));
        }
}

KERNEL
void tagger_context_layer(const float *weights, const float *bias, int32_t channels, int32_t reach, int32_t tokens,
                          const float *in, float *out) {
    for (int32_t token = 0; token < tokens; token += 4) {
        const size_t at = (size_t)token * (size_t)channels;
        for (int32_t first = 0; first < channels; first += 16)
            layer_tile(weights, bias, channels, reach, in + at, out + at, first);
    }
    // The last four may have reached beyond the text, where everything is 0.
    const size_t end = (size_t)tokens * (size_t)channels;
    memset(out + end, 0, (size_t)(-tokens & 3) * (size_t)channels * sizeof(float));
}

KERNEL
void tagger_context_scores(const float *weights, const float *bias, int32_t channels, int32_t stride, int32_t tokens,
                           const float *states, float own, float share, float *scores) {
    for (int32_t token = 0; token < tokens; token++) {
        const float *state = states + (size_t)token * (size_t)channels;
        float sums[64];
        memcpy(sums, bias, (size_t)stride * sizeof(float));
        for (int32_t channel = 0; channel < channels; channel++) {
            const float *row = weights + (size_t)channel * (size_t)stride;
            for (int32_t label = 0; label < stride; label++) sums[label] += state[channel] * row[label];
        }
        float *out = scores + (size_t)token * (size_t)stride;
        for (int32_t label = 0; label < stride; label++) out[label] = own * out[label] + share * sums[label];
    }
}
