#include "quantization.h"
#include "../platform.h"

// MARK: Finite numbers. The exponent bits are all ones in NaN and infinity, and nowhere else.

KERNEL bool consilium_finite_float32(const void *x, ptrdiff_t count) {
    uint32_t found = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, (const char *)x + i * 4, 4);
        found |= (bits & 0x7f800000u) == 0x7f800000u;
    }
    return found == 0;
}

INLINE bool finite16(const void *x, uint16_t exponent, ptrdiff_t count) {
    uint16_t found = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        uint16_t bits;
        memcpy(&bits, (const char *)x + i * 2, 2);
        found |= (bits & exponent) == exponent;
    }
    return found == 0;
}

KERNEL bool consilium_finite_float16(const void *x, ptrdiff_t count) { return finite16(x, 0x7c00u, count); }

KERNEL bool consilium_finite_bfloat16(const void *x, ptrdiff_t count) { return finite16(x, 0x7f80u, count); }

// MARK: Transposing, in squares that fit the first cache

#define SQUARE 32

void consilium_transpose(float *restrict y, ptrdiff_t y_stride, const float *restrict x, ptrdiff_t x_stride,
                         ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t top = 0; top < rows; top += SQUARE)
        for (ptrdiff_t left = 0; left < columns; left += SQUARE) {
            const ptrdiff_t bottom = top + SQUARE < rows ? top + SQUARE : rows;
            const ptrdiff_t right = left + SQUARE < columns ? left + SQUARE : columns;
            for (ptrdiff_t column = left; column < right; column++)
                for (ptrdiff_t row = top; row < bottom; row++) y[column * y_stride + row] = x[row * x_stride + column];
        }
}

// MARK: Random numbers

// Two rounds of multiplying and folding mix every bit of the index into every bit of the result.
INLINE uint32_t mixed(uint32_t value) {
    value = (value ^ (value >> 16)) * 0x7feb352du;
    value = (value ^ (value >> 15)) * 0x846ca68bu;
    return value ^ (value >> 16);
}

KERNEL void consilium_uniform(float *restrict y, uint64_t key, uint64_t first, float bound, ptrdiff_t count) {
    for (ptrdiff_t start = 0; start < count;) {
        // The upper half of the index changes the key, so that the loop needs 32 bits only.
        const uint64_t position = first + (uint64_t)start;
        const uint32_t low = (uint32_t)position, high = mixed((uint32_t)(position >> 32) ^ (uint32_t)(key >> 32));
        const uint64_t left = (1ull << 32) - low;
        const ptrdiff_t length = (uint64_t)(count - start) < left ? count - start : (ptrdiff_t)left;
        for (ptrdiff_t i = 0; i < length; i++) {
            const uint32_t bits = mixed((low + (uint32_t)i) ^ (uint32_t)key) ^ high;
            y[start + i] = (float)((int32_t)(mixed(bits + high) >> 8) - 0x800000) * (bound * 0x1p-23f);
        }
        start += length;
    }
}
