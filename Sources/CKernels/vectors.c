#include "include/transformer_kernels.h"
#include "platform.h"

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

KERNEL void consilium_add_scaled_to_double(double *restrict sum, const float *restrict x, double factor,
                                           ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) sum[i] += factor * (double)x[i];
}

KERNEL void consilium_add_bias(float *restrict y, ptrdiff_t stride, const float *restrict bias, ptrdiff_t tokens,
                               ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++)
        for (ptrdiff_t i = 0; i < width; i++) y[t * stride + i] += bias[i];
}

void consilium_gather_rows(float *restrict y, const float *restrict x, const int32_t *restrict rows, ptrdiff_t count,
                           ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count; i++) memcpy(y + i * width, x + rows[i] * width, (size_t)width * sizeof(float));
}

void consilium_scatter_rows(float *restrict y, const float *restrict x, const int32_t *restrict rows, ptrdiff_t count,
                            ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count; i++) memcpy(y + rows[i] * width, x + i * width, (size_t)width * sizeof(float));
}
