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

// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. Sign and magnitude move together; multiplying by 2^112
// moves the bias and makes subnormal numbers right at once. Infinity and NaN need the highest exponent.
INLINE void float16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        int16_t half;
        memcpy(&half, (const char *)x + i * 2, 2);
        const uint32_t moved = ((uint32_t)(int32_t)half << 13) & 0x8fffe000u;
        const uint32_t special = (moved & 0x0f800000u) == 0x0f800000u ? 0x7f800000u : 0;
        y[i] = bits_to_float(float_to_bits(bits_to_float(moved) * bits_to_float(0x77800000u)) | special);
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
    const float *codebook;
    int in_registers; // whether the processor looks values up without memory
} nf4_table;

/// Does nothing for the other formats.
void consilium_make_nf4_table(nf4_table *table, const consilium_frozen *w);
/// y[i] = scale * the value of nibble i, the even ones high; `count` is even.
void consilium_unpack_nf4(float *y, const uint8_t *bytes, const nf4_table *table, float scale, ptrdiff_t count);

/// y[i] = the element `start + i` of the flat matrix.
INLINE void unpack_nf4(float *y, const consilium_frozen *w, const nf4_table *table, ptrdiff_t start, ptrdiff_t count) {
    const uint8_t *bytes = w->data;
    ptrdiff_t e = start;
    const ptrdiff_t end = start + count;
    while (e < end) {
        const float scale = w->scales[e / 64];
        const ptrdiff_t block_end = e / 64 * 64 + 64 < end ? e / 64 * 64 + 64 : end;
        if (e % 2 == 1) {
            y[e - start] = table->pair[bytes[e / 2]][1] * scale;
            e++;
        }
        const ptrdiff_t even = (block_end - e) / 2 * 2;
        if (even > 0) consilium_unpack_nf4(y + e - start, bytes + e / 2, table, scale, even);
        e += even > 0 ? even : 0;
        if (e < block_end) {
            y[e - start] = table->pair[bytes[e / 2]][0] * scale;
            e++;
        }
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
