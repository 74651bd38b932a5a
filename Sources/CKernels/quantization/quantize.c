#include "quantization.h"
#include "../platform.h"

#define BLOCK 64

INLINE float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

INLINE uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

INLINE float magnitude_of_block(const float *x, ptrdiff_t count) {
    float largest = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        const float magnitude = float_of(bits_of(x[i]) & 0x7fffffffu);
        largest = magnitude > largest ? magnitude : largest;
    }
    return largest;
}

// MARK: NF4

KERNEL void consilium_nf4_quantize(uint8_t *restrict y, float *restrict absmax, const float *restrict x,
                                   const float *restrict codebook, ptrdiff_t count) {
    float bounds[15];
    for (int k = 0; k < 15; k++) bounds[k] = (codebook[k] + codebook[k + 1]) / 2;
    for (ptrdiff_t block = 0; block < count / BLOCK; block++) {
        const float *values = x + block * BLOCK;
        const float largest = magnitude_of_block(values, BLOCK);
        const float factor = 1.0f / (largest < 1e-38f ? 1e-38f : largest);
        float scaled[BLOCK];
        int32_t codes[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            scaled[i] = values[i] * factor;
            codes[i] = 0;
        }
        for (int k = 0; k < 15; k++)
            for (int i = 0; i < BLOCK; i++) codes[i] += scaled[i] > bounds[k];
        for (int i = 0; i < BLOCK / 2; i++)
            y[block * (BLOCK / 2) + i] = (uint8_t)(codes[2 * i] << 4 | codes[2 * i + 1]);
        absmax[block] = largest;
    }
}

void consilium_nf4_nested_scales(float *restrict y, const uint8_t *restrict codes, const float *restrict map,
                                 const float *restrict absmax, float offset, ptrdiff_t block, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        // A product in double precision is exact, and rounding it keeps the compiler from fusing it with the sum.
        const float product = (float)((double)map[codes[i]] * (double)absmax[i / block]);
        y[i] = product + offset;
    }
}

// MARK: int8

KERNEL void consilium_int8_quantize(int8_t *restrict y, float *restrict scales, const float *restrict x, ptrdiff_t rows,
                                    ptrdiff_t columns) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *values = x + row * columns;
        const float largest = magnitude_of_block(values, columns);
        // PyTorch, and with it bitsandbytes, divides a number by a tensor so. A row of numbers that are too small for a
        // finite factor becomes zeros.
        const float factor = largest > 1e-36f ? (1.0f / largest) * 127.0f : 0.0f;
        for (ptrdiff_t i = 0; i < columns; i++) {
            // Not the trick with 1.5 * 2^23: fused with the product it would round differently.
            y[row * columns + i] = (int8_t)(int32_t)__builtin_rintf(values[i] * factor);
        }
        scales[row] = largest / 127.0f;
    }
}

// MARK: Sixteen bits

INLINE uint16_t half_of(float x) {
    const uint32_t bits = bits_of(x), sign = (bits >> 16) & 0x8000u, magnitude = bits & 0x7fffffffu;
    // The bias changes from 127 to 15; 13 fraction bits are rounded away, halfway to even.
    const uint32_t normal = (magnitude - 0x38000000u + 0xfffu + ((magnitude >> 13) & 1u)) >> 13;
    // Adding 0.5 leaves a last bit of 2^-24, that of the subnormal numbers.
    const uint32_t small = bits_of(float_of(magnitude) + 0.5f) - 0x3f000000u;
    const uint32_t large = magnitude > 0x7f800000u ? 0x7e00u : 0x7c00u;
    const uint32_t finite = magnitude < 0x38800000u ? small : normal;
    return (uint16_t)((magnitude >= 0x47800000u ? large : finite) | sign);
}

KERNEL void consilium_round_to_float16(void *restrict y, const float *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const uint16_t half = half_of(x[i]);
        memcpy((char *)y + i * 2, &half, 2);
    }
}

// MARK: Q8_0

#define Q8_BLOCK 32

KERNEL bool consilium_q8_0_quantize(void *restrict y, const float *restrict x, ptrdiff_t blocks) {
    uint32_t largest_scale = 0;
    for (ptrdiff_t block = 0; block < blocks; block++) {
        const float *values = x + block * Q8_BLOCK;
        char *to = (char *)y + block * (Q8_BLOCK + 2);
        const float scale = magnitude_of_block(values, Q8_BLOCK) / 127.0f;
        // Scales below the normal floats would have no finite inverse; in float16 they are 0 anyway.
        const float factor = scale > 1e-36f ? 1.0f / scale : 0.0f;
        const uint16_t half = half_of(scale);
        largest_scale = half > largest_scale ? half : largest_scale;
        memcpy(to, &half, 2);
        int8_t codes[Q8_BLOCK];
        for (int i = 0; i < Q8_BLOCK; i++) codes[i] = (int8_t)(int32_t)__builtin_roundf(values[i] * factor);
        memcpy(to + 2, codes, Q8_BLOCK);
    }
    return largest_scale < 0x7c00u;
}
