#include "../unpack.h"
#include "vector_kernels.h"

KERNEL void consilium_bfloat16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    bfloat16_to_float(y, x, count);
}

KERNEL void consilium_float16_to_float(float *restrict y, const void *restrict x, ptrdiff_t count) {
    float16_to_float(y, x, count);
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
