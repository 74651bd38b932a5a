#ifndef CONSILIUM_UNPACK_H
#define CONSILIUM_UNPACK_H

#include "frozen_kernels.h"
#include "platform.h"

INLINE float bits_to_float(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

INLINE uint32_t float_to_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

INLINE void bfloat16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, (const char *)x + i * 2, 2);
        y[i] = bits_to_float((uint32_t)half << 16);
    }
}

// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. Multiplying by 2^112 moves the bias and makes
// subnormal numbers right at once.
INLINE void float16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, (const char *)x + i * 2, 2);
        const uint32_t magnitude = (uint32_t)(half & 0x7fffu) << 13, sign = (uint32_t)(half & 0x8000u) << 16;
        const float finite = bits_to_float(magnitude) * bits_to_float(0x77800000u);
        const float special = bits_to_float(magnitude | 0x7f800000u);
        y[i] = bits_to_float(float_to_bits((half & 0x7c00u) == 0x7c00u ? special : finite) | sign);
    }
}

INLINE float rounded_to_bfloat16(float x) {
    const uint32_t bits = float_to_bits(x);
    return x == x ? bits_to_float((bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u) : x;
}

// Below 2^-14 the numbers of binary16 are multiples of 2^-24, the distance of floats between 0.5 and 1.
INLINE float rounded_to_float16(float x) {
    const uint32_t bits = float_to_bits(x), magnitude = bits & 0x7fffffffu;
    const float normal = bits_to_float((magnitude + 0xfffu + ((magnitude >> 13) & 1u)) & ~0x1fffu);
    const float subnormal = (bits_to_float(magnitude) + 0.5f) - 0.5f;
    float y = magnitude < 0x38800000u ? subnormal : normal;
    y = y > 65504.0f ? bits_to_float(0x7f800000u) : y;
    y = x == x ? y : x;
    return bits_to_float(float_to_bits(y) | (bits & 0x80000000u));
}

INLINE void round_values(float *y, ptrdiff_t count, int32_t rounding) {
    if (rounding == CONSILIUM_ROUND_BFLOAT16)
        for (ptrdiff_t i = 0; i < count; i++) y[i] = rounded_to_bfloat16(y[i]);
    if (rounding == CONSILIUM_ROUND_FLOAT16)
        for (ptrdiff_t i = 0; i < count; i++) y[i] = rounded_to_float16(y[i]);
}

/// Both values of every byte, so that one load gives two weights.
typedef struct {
    float pair[256][2];
} nf4_table;

INLINE void make_table(nf4_table *table, const consilium_frozen *w) {
    if (w->format != CONSILIUM_NF4) return;
    for (int i = 0; i < 256; i++) {
        table->pair[i][0] = w->codebook[i >> 4];
        table->pair[i][1] = w->codebook[i & 15];
    }
}

/// y[i] = the element `start + i` of the flat matrix.
INLINE void unpack_nf4(float *y, const consilium_frozen *w, const nf4_table *table, ptrdiff_t start, ptrdiff_t count) {
    const uint8_t *bytes = w->data;
    for (ptrdiff_t i = 0; i < count;) {
        const ptrdiff_t e = start + i, rest = 64 - e % 64, end = rest < count - i ? i + rest : count, first = i;
        const float scale = w->scales[e / 64];
        if (e % 2 == 1) y[i++] = table->pair[bytes[e / 2]][1];
        const uint8_t *next = bytes + (start + i) / 2;
        for (; i + 2 <= end; i += 2) memcpy(y + i, table->pair[*next++], 8);
        if (i < end) y[i++] = table->pair[*next][0];
        for (ptrdiff_t j = first; j < end; j++) y[j] *= scale;
    }
}

/// y[i] = w[row, column + i]
INLINE void unpack(float *restrict y, const consilium_frozen *w, const nf4_table *table, ptrdiff_t row,
                   ptrdiff_t column, ptrdiff_t count) {
    const ptrdiff_t start = row * w->columns + column;
    const char *data = (const char *)w->data;
    switch (w->format) {
    case CONSILIUM_FLOAT32: memcpy(y, data + start * 4, (size_t)count * 4); break;
    case CONSILIUM_FLOAT16: float16_to_float(y, data + start * 2, count); break;
    case CONSILIUM_BFLOAT16: bfloat16_to_float(y, data + start * 2, count); break;
    case CONSILIUM_INT8: {
        const int8_t *bytes = (const int8_t *)data + start;
        const float scale = w->scales[row];
        for (ptrdiff_t i = 0; i < count; i++) y[i] = (float)bytes[i] * scale;
        round_values(y, count, w->rounding);
        break;
    }
    default:
        unpack_nf4(y, w, table, start, count);
        round_values(y, count, w->rounding);
    }
}

#endif
