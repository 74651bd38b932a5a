#include "ring.h"
#include "../platform.h"

// a * b without a branch or a table on either.
INLINE uint8_t multiply(uint8_t a, uint8_t b) {
    uint8_t product = 0;
    for (int bit = 0; bit < 8; bit++) {
        product ^= (uint8_t)(-(b & 1)) & a;
        a = (uint8_t)((a << 1) ^ ((uint8_t)(-(a >> 7)) & 0x1b));
        b >>= 1;
    }
    return product;
}

// a^254
static uint8_t inverse(uint8_t a) {
    uint8_t result = 1;
    for (int bit = 7; bit >= 0; bit--) {
        result = multiply(result, result);
        if (254 >> bit & 1) result = multiply(result, a);
    }
    return result;
}

KERNEL void consilium_shares_evaluate(
    const uint8_t *coefficients, size_t threshold, size_t length, uint8_t x, uint8_t *share) {
    memset(share, 0, length);
    for (size_t power = threshold; power-- > 0;) {
        const uint8_t *row = coefficients + power * length;
        for (size_t i = 0; i < length; i++) share[i] = multiply(share[i], x) ^ row[i];
    }
}

KERNEL void consilium_shares_interpolate(
    const uint8_t *shares, const uint8_t *points, size_t count, size_t length, uint8_t x, uint8_t *value) {
    memset(value, 0, length);
    for (size_t j = 0; j < count; j++) {
        uint8_t above = 1, below = 1;
        for (size_t m = 0; m < count; m++) {
            if (m == j) continue;
            above = multiply(above, x ^ points[m]);
            below = multiply(below, points[j] ^ points[m]);
        }
        const uint8_t weight = multiply(above, inverse(below));
        const uint8_t *row = shares + j * length;
        for (size_t i = 0; i < length; i++) value[i] ^= multiply(row[i], weight);
    }
}
