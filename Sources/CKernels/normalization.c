#include "include/transformer_kernels.h"
#include "platform.h"

#include <math.h>

KERNEL void consilium_rmsnorm_forward(float *restrict y, float *restrict rstd, const float *restrict x,
                                      const float *restrict weight, ptrdiff_t tokens, ptrdiff_t width,
                                      float epsilon) {
#pragma clang fp reassociate(on)
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *row = x + t * width;
        float sum = 0;
        for (ptrdiff_t i = 0; i < width; i++) sum += row[i] * row[i];
        const float r = 1.0f / sqrtf(sum / (float)width + epsilon);
        rstd[t] = r;
        for (ptrdiff_t i = 0; i < width; i++) y[t * width + i] = row[i] * r * weight[i];
    }
}

// With n = x * rstd and g = dy * weight:  dx = rstd * (g - n * mean(g * n)).
KERNEL void consilium_rmsnorm_backward_add(float *restrict dx, const float *restrict dy, const float *restrict x,
                                           const float *restrict weight, const float *restrict rstd,
                                           ptrdiff_t tokens, ptrdiff_t width) {
#pragma clang fp reassociate(on)
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *row = x + t * width, *g = dy + t * width;
        const float r = rstd[t];
        float dot = 0;
        for (ptrdiff_t i = 0; i < width; i++) dot += g[i] * weight[i] * row[i];
        const float mean = dot * r * r / (float)width;
        for (ptrdiff_t i = 0; i < width; i++) dx[t * width + i] += r * (g[i] * weight[i] - row[i] * mean);
    }
}
