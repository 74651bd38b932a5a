#include "include/transformer_kernels.h"
#include "platform.h"

INLINE uint16_t half_at(const void *x, ptrdiff_t i) {
    uint16_t bits;
    memcpy(&bits, (const char *)x + i * 2, 2);
    return bits;
}

INLINE float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

KERNEL void consilium_bfloat16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = float_of((uint32_t)half_at(x, i) << 16);
}

// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. Multiplying by 2^112 moves the bias and makes
// subnormal numbers right at once.
KERNEL void consilium_float16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const uint32_t half = half_at(x, i), sign = (half & 0x8000u) << 16, magnitude = (half & 0x7fffu) << 13;
        const float finite = float_of(magnitude) * float_of(0x77800000u);
        const float special = float_of(magnitude | 0x7f800000u);
        float value = (half & 0x7c00u) == 0x7c00u ? special : finite;
        uint32_t bits;
        memcpy(&bits, &value, 4);
        y[i] = float_of(bits | sign);
    }
}

KERNEL void consilium_float_to_bfloat16(void *restrict y, const float *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, 4);
        const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
        const uint32_t nan = (bits >> 16) | 0x40u;
        const uint16_t half = (uint16_t)((bits & 0x7fffffffu) > 0x7f800000u ? nan : rounded);
        memcpy((char *)y + i * 2, &half, 2);
    }
}
