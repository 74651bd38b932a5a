#ifndef CONSILIUM_PLATFORM_H
#define CONSILIUM_PLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// On x86-64 every kernel is compiled twice, for AVX2+FMA and for the baseline, and the loader takes the better one.
// What a kernel calls must be INLINE, because only the function that carries the attribute is compiled twice.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif

#define INLINE static inline __attribute__((always_inline))

/// Before a loop over a fixed number of vectors, which then stay in registers.
#define UNROLL _Pragma("clang loop unroll(full)")

// Eight floats: one AVX register, two of SSE or NEON. The types for memory need no alignment.
typedef float v8 __attribute__((vector_size(32)));
typedef int32_t v8i __attribute__((vector_size(32)));
typedef float v8_memory __attribute__((vector_size(32), aligned(4), may_alias));

#define LOAD8(p) (*(const v8_memory *)(p))
#define STORE8(p, x) (*(v8_memory *)(p) = (x))

INLINE float sum8(const v8 *x) {
    const v8 a = *x;
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

INLINE float max8(const v8 *x) {
    float m = (*x)[0];
    for (int i = 1; i < 8; i++) m = (*x)[i] > m ? (*x)[i] : m;
    return m;
}

/// The first n <= 8 floats; the rest of `x` is 0.
INLINE void load_some(v8 *x, const float *p, ptrdiff_t n) {
    if (n >= 8) {
        *x = LOAD8(p);
        return;
    }
    float some[8] = {0};
    memcpy(some, p, (size_t)n * sizeof(float));
    *x = LOAD8(some);
}

INLINE void store_some(float *p, const v8 *x, ptrdiff_t n) {
    if (n >= 8)
        STORE8(p, *x);
    else
        memcpy(p, x, (size_t)n * sizeof(float));
}

/// exp with a relative error below 2e-7: x = n ln 2 + r, |r| <= ln(2)/2, Taylor to r^7. Outside of [-87, 88] the result
/// is that of the bound; NaN and infinity give NaN, so that a broken model is never mistaken for a sound one.
INLINE void exp8(v8 *value) {
    const v8 x = *value;
    const v8 low = {-87.0f, -87.0f, -87.0f, -87.0f, -87.0f, -87.0f, -87.0f, -87.0f};
    const v8 high = {88.0f, 88.0f, 88.0f, 88.0f, 88.0f, 88.0f, 88.0f, 88.0f};
    const v8 bounded = __builtin_elementwise_min(__builtin_elementwise_max(x, low), high);
    // Adding 1.5 * 2^23 rounds to the nearest integer.
    const v8 n = (bounded * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
    const v8 r = (bounded - n * 0.693359375f) - n * -2.12194440e-4f;
    v8 p = r * 1.98412698e-4f + 1.38888889e-3f;
    p = p * r + 8.33333333e-3f;
    p = p * r + 4.16666667e-2f;
    p = p * r + 1.66666667e-1f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const v8i exponent = (__builtin_convertvector(n, v8i) + 127) << 23;
    v8 power;
    memcpy(&power, &exponent, sizeof power);
    *value = p * power + (x - x);
}

#endif
