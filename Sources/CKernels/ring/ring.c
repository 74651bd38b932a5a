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
