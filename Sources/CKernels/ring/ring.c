#include "ring.h"
#include "../platform.h"

INLINE uint32_t word_at(const uint8_t *bytes, size_t index) {
    uint32_t word;
    memcpy(&word, bytes + index * sizeof word, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

KERNEL void consilium_ring_add(uint32_t *restrict sum, const void *restrict words, size_t count) {
    const uint8_t *bytes = words;
    for (size_t i = 0; i < count; i++) sum[i] += word_at(bytes, i);
}

KERNEL void consilium_ring_subtract(uint32_t *restrict sum, const void *restrict words, size_t count) {
    const uint8_t *bytes = words;
    for (size_t i = 0; i < count; i++) sum[i] -= word_at(bytes, i);
}

KERNEL void consilium_ring_encode(void *restrict words, const float *restrict values, size_t count, double scale) {
    uint8_t *bytes = words;
    for (size_t i = 0; i < count; i++) {
        double product = (double)values[i] * scale;
        product = product > 0x1p30 ? 0x1p30 : product;
        product = product < -0x1p30 ? -0x1p30 : product;
        // The sum has no room for a fraction, and its low bits are those of the rounded product: this needs no instruction
        // for rounding, so that any processor computes many at once.
        const double rounded = product + 0x1.8p52;
        uint64_t bits;
        memcpy(&bits, &rounded, sizeof bits);
        uint32_t word = (uint32_t)bits;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap32(word);
#endif
        memcpy(bytes + i * sizeof word, &word, sizeof word);
    }
}
