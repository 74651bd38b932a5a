#include "../platform.h"
#include "layer_kernels.h"

#include <math.h>

/// sum x, or sum (x - shift)^2.
INLINE float row_sum(const float *x, ptrdiff_t width, int squared, float shift) {
    v8 a = {0}, b = {0};
    ptrdiff_t i = 0;
    for (; i + 16 <= width; i += 16) {
        v8 u = LOAD8(x + i), v = LOAD8(x + i + 8);
        if (squared) {
            u -= shift;
            v -= shift;
            a += u * u;
            b += v * v;
        } else {
            a += u;
            b += v;
        }
    }
    a += b;
    float sum = sum8(&a);
    for (; i < width; i++) sum += squared ? (x[i] - shift) * (x[i] - shift) : x[i];
    return sum;
}

KERNEL void consilium_norm_forward(int32_t centered, float *y, ptrdiff_t y_stride, float *statistics, const float *x,
                                   ptrdiff_t x_stride, const float *weight, const float *bias, ptrdiff_t rows,
                                   ptrdiff_t groups, ptrdiff_t width, float epsilon) {
    for (ptrdiff_t t = 0; t < rows; t++)
        for (ptrdiff_t g = 0; g < groups; g++) {
            const float *in = x + t * x_stride + g * width;
            float *out = y + t * y_stride + g * width;
            const float mean = centered ? row_sum(in, width, 0, 0) / (float)width : 0;
            const float r = 1.0f / sqrtf(row_sum(in, width, 1, mean) / (float)width + epsilon);
            *statistics++ = mean;
            *statistics++ = r;
            if (bias)
                for (ptrdiff_t i = 0; i < width; i++) out[i] = (in[i] - mean) * r * weight[i] + bias[i];
            else
                for (ptrdiff_t i = 0; i < width; i++) out[i] = (in[i] - mean) * r * weight[i];
        }
}

// With n = (x - mean) / deviation and g = dy * weight:  dx = (g - [mean(g)] - n * mean(g * n)) / deviation.
KERNEL void consilium_norm_backward(int32_t centered, int32_t accumulate, float *dx, ptrdiff_t dx_stride,
                                    const float *dy, ptrdiff_t dy_stride, const float *x, ptrdiff_t x_stride,
                                    const float *weight, const float *statistics, ptrdiff_t rows, ptrdiff_t groups,
                                    ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < rows; t++)
        for (ptrdiff_t g = 0; g < groups; g++) {
            const float *in = x + t * x_stride + g * width, *d = dy + t * dy_stride + g * width;
            float *out = dx + t * dx_stride + g * width;
            const float mean = *statistics++, r = *statistics++;
            v8 dots = {0}, sums = {0};
            ptrdiff_t i = 0;
            for (; i + 8 <= width; i += 8) {
                const v8 v = LOAD8(d + i) * LOAD8(weight + i);
                sums += v;
                dots += v * (LOAD8(in + i) - mean);
            }
            float dot = sum8(&dots), sum = sum8(&sums);
            for (; i < width; i++) {
                sum += d[i] * weight[i];
                dot += d[i] * weight[i] * (in[i] - mean);
            }
            const float slope = dot * r * r / (float)width, shift = centered ? sum / (float)width : 0;
            if (accumulate)
                for (i = 0; i < width; i++) out[i] += r * (d[i] * weight[i] - shift - (in[i] - mean) * slope);
            else
                for (i = 0; i < width; i++) out[i] = r * (d[i] * weight[i] - shift - (in[i] - mean) * slope);
        }
}

KERNEL void consilium_norm_weight_gradient(float *restrict d_weight, float *restrict d_bias, const float *restrict dy,
                                           ptrdiff_t dy_stride, const float *restrict x, ptrdiff_t x_stride,
                                           const float *restrict statistics, ptrdiff_t rows, ptrdiff_t groups,
                                           ptrdiff_t width, ptrdiff_t first, ptrdiff_t last) {
    for (ptrdiff_t t = 0; t < rows; t++)
        for (ptrdiff_t g = 0; g < groups; g++) {
            const float *in = x + t * x_stride + g * width, *d = dy + t * dy_stride + g * width;
            const float mean = *statistics++, r = *statistics++;
            for (ptrdiff_t i = first; i < last; i++) d_weight[i] += d[i] * (in[i] - mean) * r;
            if (d_bias)
                for (ptrdiff_t i = first; i < last; i++) d_bias[i] += d[i];
        }
}
