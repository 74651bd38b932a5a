#include "noise.h"

#include <stdbool.h>

// Words are used up bit by bit. When they run out the source turns dry: every loop then ends, and the sample under way is
// forgotten together with the bits it took, to be drawn again from the same bits later.
typedef struct {
    const uint64_t *next;
    const uint64_t *end;
    uint64_t bits;
    uint32_t left;
    bool dry;
} noise_source;

// `count` is at most 56.
static inline uint64_t take(noise_source *source, uint32_t count) {
    uint64_t value;
    if (source->left >= count) {
        value = source->bits;
        source->bits >>= count;
        source->left -= count;
    } else {
        if (source->next == source->end) {
            source->dry = true;
            return 0;
        }
        uint64_t word = *source->next++;
        uint32_t missing = count - source->left;
        value = source->bits | (word << source->left);
        source->bits = word >> missing;
        source->left = 64 - missing;
    }
    return value & ((UINT64_C(1) << count) - 1);
}

// True with probability exactly 1/k, k >= 2.
static inline bool one_in(noise_source *source, uint32_t k) {
    uint32_t width = 32 - (uint32_t)__builtin_clz(k - 1);
    for (;;) {
        uint64_t value = take(source, width);
        if (source->dry) return false;
        if (value < k) return value == 0;
    }
}

// True with probability exactly exp(-1).
static inline bool bernoulli_exp_minus_one(noise_source *source) {
    uint32_t k = 2;
    while (one_in(source, k)) k++;
    return k & 1;
}

// True with probability exactly exp(-numerator / 2^width), numerator < 2^width.
static inline bool bernoulli_exp_fraction(noise_source *source, uint64_t numerator, uint32_t width) {
    uint32_t k = 1;
    for (;;) {
        if (take(source, width) >= numerator || source->dry) break;
        if (k > 1 && !one_in(source, k)) break;
        k++;
    }
    return k & 1;
}

static inline int64_t sample(noise_source *source, uint32_t s) {
    const uint64_t sigma = UINT64_C(1) << s;
    while (!source->dry) {
        // Discrete Laplace of scale 2^s: a uniform remainder, kept with exp(-u/2^s), and a geometric quotient.
        uint64_t u = take(source, s);
        if (!bernoulli_exp_fraction(source, u, s)) continue;
        uint64_t v = 0;
        while (bernoulli_exp_minus_one(source)) {
            if (source->dry) return 0;
            v++;
        }
        // Beyond 2^6 sigma the next step would accept with less than exp(-2000); refusing at once keeps 64 bits enough.
        if (v >= 64) continue;
        uint64_t magnitude = u + (v << s);
        bool negative = take(source, 1);
        if (negative && magnitude == 0) continue;

        // Kept with exp(-(|y| - sigma)^2 / (2 sigma^2)).
        uint64_t distance = magnitude > sigma ? magnitude - sigma : sigma - magnitude;
        uint64_t square = distance * distance;
        uint32_t width = 2 * s + 1;
        uint64_t whole = square >> width;
        bool kept = true;
        while (kept && whole > 0) {
            kept = bernoulli_exp_minus_one(source);
            whole--;
        }
        if (!kept) continue;
        if (!bernoulli_exp_fraction(source, square & ((UINT64_C(1) << width) - 1), width)) continue;
        return negative ? -(int64_t)magnitude : (int64_t)magnitude;
    }
    return 0;
}

size_t consilium_noise_discrete_gaussian(
    int64_t *out, size_t count, uint32_t log2_sigma, const uint64_t *random, size_t words, size_t *used,
    consilium_noise_reservoir *reservoir) {
    noise_source source = {random, random + words, reservoir->bits, reservoir->left, false};
    size_t done = 0;
    *used = 0;
    while (done < count) {
        int64_t value = sample(&source, log2_sigma);
        if (source.dry) break;
        out[done++] = value;
        *used = (size_t)(source.next - random);
        reservoir->bits = source.bits;
        reservoir->left = source.left;
    }
    return done;
}
