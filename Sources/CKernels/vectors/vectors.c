#include "../platform.h"
#include "vector_kernels.h"

KERNEL double consilium_squared_norm(const float *restrict x, ptrdiff_t count) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (ptrdiff_t i = 0; i < count; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

KERNEL void consilium_scale(float *restrict x, float factor, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) x[i] *= factor;
}

KERNEL void consilium_add(float *restrict y, const float *restrict x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] += x[i];
}

KERNEL void consilium_sum(float *y, const float *a, const float *b, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = a[i] + b[i];
}

KERNEL void consilium_add_scaled_to_double(double *restrict sum, const float *restrict x, double factor,
                                           ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) sum[i] += factor * (double)x[i];
}
