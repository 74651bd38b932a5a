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

/// cos and sin with an absolute error below 3e-16 while |x| < 2^20: x = n pi/2 + r, |r| <= pi/4, Taylor to r^16.
INLINE void cos_sin4(const v4d *value, v4d *cosine, v4d *sine) {
    const v4d x = *value;
    const v4d sum = x * 0.63661977236758134 + 6755399441055744.0, n = sum - 6755399441055744.0;
    const v4d r = (x - n * 1.57079632673412561417) - n * 6.07710050650619224932e-11, z = r * r;
    v4d s = z * (-1.0 / 1307674368000) + 1.0 / 6227020800;
    s = s * z - 1.0 / 39916800;
    s = s * z + 1.0 / 362880;
    s = s * z - 1.0 / 5040;
    s = s * z + 1.0 / 120;
    s = s * z - 1.0 / 6;
    s = s * z * r + r;
    v4d c = z * (1.0 / 20922789888000) - 1.0 / 87178291200;
    c = c * z + 1.0 / 479001600;
    c = c * z - 1.0 / 3628800;
    c = c * z + 1.0 / 40320;
    c = c * z - 1.0 / 720;
    c = c * z + 1.0 / 24;
    c = c * z - 0.5;
    c = c * z + 1.0;
    // Odd quarters swap the two; the sign of the sine changes in quarters 2 and 3, that of the cosine in 1 and 2.
    const v4l quarter = (v4l)sum, swap = -(quarter & 1);
    const v4l sine_bits = ((v4l)s & ~swap) | ((v4l)c & swap), cosine_bits = ((v4l)c & ~swap) | ((v4l)s & swap);
    *sine = (v4d)(sine_bits ^ ((quarter & 2) << 62));
    *cosine = (v4d)(cosine_bits ^ (((quarter + 1) & 2) << 62));
}

#endif
