#ifndef CONSILIUM_MATH4_H
#define CONSILIUM_MATH4_H

#include "platform.h"

// Four doubles: one AVX register, two of SSE or NEON. The type for memory needs no alignment.
typedef double v4d __attribute__((vector_size(32)));
typedef int64_t v4l __attribute__((vector_size(32)));
typedef double v4d_memory __attribute__((vector_size(32), aligned(8), may_alias));

#define LOAD4(p) (*(const v4d_memory *)(p))
#define STORE4(p, x) (*(v4d_memory *)(p) = (x))

INLINE double sum4(const v4d *x) { return ((*x)[0] + (*x)[2]) + ((*x)[1] + (*x)[3]); }

INLINE double max4(const v4d *x) {
    double a = (*x)[0] > (*x)[1] ? (*x)[0] : (*x)[1], b = (*x)[2] > (*x)[3] ? (*x)[2] : (*x)[3];
    return a > b ? a : b;
}

/// exp with a relative error below 4e-16: x = n ln 2 + r, |r| <= ln(2)/2, Taylor to r^13. Outside of [-708, 709] the result is
/// that of the bound; not for NaN.
INLINE void exp4(v4d *value) {
    const v4d low = (v4d){0} - 708.0, high = (v4d){0} + 709.0;
    const v4d x = __builtin_elementwise_min(__builtin_elementwise_max(*value, low), high);
    // Adding 1.5 * 2^52 rounds to the nearest integer, which the lowest bits of the sum are.
    const v4d sum = x * 1.4426950408889634 + 6755399441055744.0, n = sum - 6755399441055744.0;
    const v4d r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
    v4d p = r * (1.0 / 6227020800) + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    *value = p * (v4d)(((v4l)sum + 1023) << 52);
}

#endif
