#include "noise.h"

#include <stdbool.h>

// Words are used up bit by bit, from the low end. When they run out the source turns dry: every loop then ends, and the
// sample under way is forgotten, to be drawn again later from the same bits and those that follow.
typedef struct {
    const uint64_t *words;
    size_t position;
    // Bits at and behind this place can't be looked at together with 64 more.
    size_t limit;
    bool dry;
} noise_source;

// The next 64 bits, position < limit.
static inline uint64_t peek(const noise_source *source) {
    const uint64_t *word = source->words + (source->position >> 6);
    const uint32_t offset = source->position & 63;
    return word[0] >> offset | (word[1] << 1) << (63 - offset);
}

// `count` is at most 56.
static inline uint64_t take(noise_source *source, uint32_t count) {
    if (source->position >= source->limit) {
        source->dry = true;
        return 0;
    }
    const uint64_t value = peek(source) & ((UINT64_C(1) << count) - 1);
    source->position += count;
    return value;
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

// How often exp(-1) comes true before it doesn't: the same walk on the same bits as the loop, but most walks end within a
// dozen bits, and those are looked up.
enum { LOOKED_UP = 12 };
static struct {
    uint8_t count;
    // 0: the walk needs more bits.
    uint8_t bits;
} geometric_table[1 << LOOKED_UP];

static inline uint64_t geometric_walk(noise_source *source) {
    uint64_t count = 0;
    while (bernoulli_exp_minus_one(source) && !source->dry) count++;
    return count;
}

__attribute__((constructor)) static void fill_geometric_table(void) {
    for (uint64_t bits = 0; bits < 1 << LOOKED_UP; bits++) {
        const uint64_t words[2] = {bits, 0};
        noise_source source = {words, 0, 64, false};
        const uint64_t count = geometric_walk(&source);
        if (source.dry || source.position > LOOKED_UP) continue;
        geometric_table[bits].count = (uint8_t)count;
        geometric_table[bits].bits = (uint8_t)source.position;
    }
}

static inline uint64_t geometric(noise_source *source) {
    if (source->position < source->limit) {
        const uint64_t next = peek(source) & ((1 << LOOKED_UP) - 1);
        if (geometric_table[next].bits > 0) {
            source->position += geometric_table[next].bits;
            return geometric_table[next].count;
        }
    }
    return geometric_walk(source);
}

static inline int64_t sample(noise_source *source, uint32_t s) {
    const uint64_t sigma = UINT64_C(1) << s;
    while (!source->dry) {
        // Discrete Laplace of scale 2^s: a uniform remainder, kept with exp(-u/2^s), and a geometric quotient.
        uint64_t u = take(source, s);
        if (!bernoulli_exp_fraction(source, u, s)) continue;
        uint64_t v = geometric(source);
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
    int64_t *out, size_t count, uint32_t log2_sigma, const uint64_t *random, size_t words, size_t *position) {
    noise_source source = {random, *position, words > 1 ? 64 * (words - 1) : 0, false};
    size_t done = 0;
    while (done < count) {
        int64_t value = sample(&source, log2_sigma);
        if (source.dry) break;
        out[done++] = value;
        *position = source.position;
    }
    return done;
}
