#ifndef CONSILIUM_MATH8_H
#define CONSILIUM_MATH8_H

#include "platform.h"

// Elementary functions of eight floats. Polynomials were fitted to the relative error (Lawson's iteration); NaN gives NaN.

/// tanh with a relative error below 3e-7. Below 0.625 an odd polynomial, above 1 - 2 / (1 + exp(2x)).
INLINE void tanh8(v8 *value) {
    const v8 x = *value, z = x * x;
    v8 p = z * -5.659984811e-3f + 2.059098422e-2f;
    p = p * z - 5.372106661e-2f;
    p = p * z + 1.333112752e-1f;
    p = p * z - 3.333326053e-1f;
    const v8 small = x + x * z * p;
    v8 e = x + x;
    exp8(&e);
    const v8 large = 1.0f - 2.0f / (1.0f + e);
    const v8i is_small = (v8i)(z < 0.390625f);
    *value = (v8)(((v8i)small & is_small) | ((v8i)large & ~is_small));
}

/// The distribution function of the normal distribution and its density, relative error below 5e-7 while they are above
/// 1e-37. With a = |x|/sqrt(2) and u = (a - 2) / (a + 2), (1 + 2a) exp(a^2) erfc(a) is a polynomial of u
/// (Shepherd & Laframboise 1981).
INLINE void normal8(const v8 *value, v8 *distribution, v8 *density) {
    const v8 x = *value;
    const v8i bits = (v8i)x;
    const v8 high = (v8)(bits & ~0xfff), rest = (x - high) * (x + high) * 0.5f;
    // x^2 would lose digits; the square of its upper half is exact.
    v8 e = high * high * -0.5f;
    exp8(&e);
    e *= 1.0f - rest * (1.0f - rest * (0.5f - rest * 1.66666667e-1f));
    const v8 a = (v8)(bits & 0x7fffffff) * 0.70710678118654752f;
    // One division for both quotients.
    const v8 near = a + 2.0f, far = 1.0f + 2.0f * a, reciprocal = 1.0f / (near * far);
    const v8 u = 1.0f - 4.0f * far * reciprocal;
    v8 p = u * -4.017179115e-4f - 1.231880540e-3f;
    p = p * u + 1.313725045e-3f;
    p = p * u + 8.633274289e-3f;
    p = p * u - 8.059599912e-3f;
    p = p * u - 5.420471211e-2f;
    p = p * u + 1.640552671e-1f;
    p = p * u - 1.660313896e-1f;
    p = p * u - 9.276397667e-2f;
    p = p * u + 1.276978393f;
    const v8 tail = 0.5f * e * p * near * reciprocal;
    const v8i negative = bits >> 31;
    *distribution = (v8)(((v8i)tail & negative) | ((v8i)(1.0f - tail) & ~negative));
    *density = e * 0.39894228040143268f;
}

#endif
