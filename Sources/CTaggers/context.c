#include <string.h>

#include "platform.h"
#include "taggers.h"

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

// Inlined with a constant stride, so that the sums stay in registers.
INLINE void add_scores(const float *weights, const float *bias, int32_t channels, int32_t stride, int32_t tokens,
                       const float *states, float own, float share, float *scores) {
    for (int32_t token = 0; token < tokens; token++) {
        const float *state = states + (size_t)token * (size_t)channels;
        v8 sums[8];
        for (int32_t part = 0; part < stride / 8; part++) sums[part] = LOAD8(bias + 8 * part);
        for (int32_t channel = 0; channel < channels; channel++) {
            const float *row = weights + (size_t)channel * (size_t)stride;
            for (int32_t part = 0; part < stride / 8; part++) sums[part] += state[channel] * LOAD8(row + 8 * part);
        }
        float *out = scores + (size_t)token * (size_t)stride;
        for (int32_t part = 0; part < stride / 8; part++)
            STORE8(out + 8 * part, own * LOAD8(out + 8 * part) + share * sums[part]);
    }
}

KERNEL
void tagger_context_scores(const float *weights, const float *bias, int32_t channels, int32_t stride, int32_t tokens,
                           const float *states, float own, float share, float *scores) {
    switch (stride) {
        case 24: add_scores(weights, bias, channels, 24, tokens, states, own, share, scores); break;
        case 32: add_scores(weights, bias, channels, 32, tokens, states, own, share, scores); break;
        case 40: add_scores(weights, bias, channels, 40, tokens, states, own, share, scores); break;
        default: add_scores(weights, bias, channels, stride, tokens, states, own, share, scores);
    }
}
