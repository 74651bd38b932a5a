// Root-mean-square norm (Zhang & Sennrich 2019) and, `centered`, layer norm (Ba et al. 2016): a block a vector. Row t
// has `groups` vectors of `width` elements, the vector g at x + t·x_stride + g·width.
#include "device.h"
#include "vectors.h"

/// y = (x - mean) · r · weight (+ bias), r = 1 / sqrt(mean((x - mean)²) + epsilon), mean 0 unless centered. `statistics`
/// [rows, groups, 2] gets mean and r. y may be x.
template <typename Number>
DEVICE void normalize(Number *y, i64 y_stride, const Number *x, i64 x_stride, const float *RESTRICT weight,
                      const float *RESTRICT bias, float *RESTRICT statistics, i64 rows, i64 groups, i64 width,
                      float epsilon, i64 centered) {
    SHARED(float, scratch, 32);
    const i64 vector = block_x(), t = vector / groups, g = vector % groups;
    const bool inside = t < rows;
    const Number *in = x + t * x_stride + g * width;
    Number *out = y + t * y_stride + g * width;
    const int n = inside ? (int)width : 0, step = block_threads();
    float mean = 0;
    if (centered) {
        float sum = 0;
        for (int i = thread_x(); i < n; i += step) sum += load_number(in + i);
        mean = block_sum(sum, scratch) / (float)width;
    }
    float squares = 0;
    for (int i = thread_x(); i < n; i += step) {
        const float value = load_number(in + i) - mean;
        squares += value * value;
    }
    const float r = 1.0f / sqrtf(block_sum(squares, scratch) / (float)width + epsilon);
    if (inside && thread_x() == 0) {
        statistics[2 * vector] = mean;
        statistics[2 * vector + 1] = r;
    }
    for (int i = thread_x(); i < n; i += step) {
        const float value = (load_number(in + i) - mean) * r * weight[i];
        store_number(out + i, bias ? value + bias[i] : value);
    }
}

#define NORM_FORWARD(name, Number)                                                                                    \
    KERNEL(256, name, Number *y, i64 y_stride, const Number *x, i64 x_stride, const float *weight, const float *bias, \
           float *statistics, i64 rows, i64 groups, i64 width, float epsilon, i64 centered) {                         \
        normalize(y, y_stride, x, x_stride, weight, bias, statistics, rows, groups, width, epsilon, centered);        \
    }

NORM_FORWARD(norm_forward, float)
NORM_FORWARD(norm_forward_bf16, bf16)

/// With n = (x - mean) · r and d = dy · weight:  dx (+)= r · (d - [mean(d)] - n · mean(d · n)). dx may be dy.
template <typename Number>
DEVICE void normalize_backward(Number *dx, i64 dx_stride, const Number *dy, i64 dy_stride, const Number *RESTRICT x,
                               i64 x_stride, const float *RESTRICT weight, const float *RESTRICT statistics, i64 rows,
                               i64 groups, i64 width, i64 centered, i64 accumulate) {
    SHARED(float, scratch, 32);
    const i64 vector = block_x(), t = vector / groups, g = vector % groups;
    const bool inside = t < rows;
    const Number *in = x + t * x_stride + g * width, *d = dy + t * dy_stride + g * width;
    Number *out = dx + t * dx_stride + g * width;
    const int n = inside ? (int)width : 0, step = block_threads();
    const float mean = inside ? statistics[2 * vector] : 0, r = inside ? statistics[2 * vector + 1] : 0;
    float sum = 0, dot = 0;
    for (int i = thread_x(); i < n; i += step) {
        const float v = load_number(d + i) * weight[i];
        sum += v;
        dot += v * (load_number(in + i) - mean);
    }
    dot = block_sum(dot, scratch);
    sum = centered ? block_sum(sum, scratch) : 0;
    const float slope = dot * r * r / (float)width, shift = sum / (float)width;
    for (int i = thread_x(); i < n; i += step) {
        const float value = r * (load_number(d + i) * weight[i] - shift - (load_number(in + i) - mean) * slope);
        store_number(out + i, accumulate ? load_number(out + i) + value : value);
    }
}

#define NORM_BACKWARD(name, Number)                                                                                   \
    KERNEL(256, name, Number *dx, i64 dx_stride, const Number *dy, i64 dy_stride, const Number *x, i64 x_stride,      \
           const float *weight, const float *statistics, i64 rows, i64 groups, i64 width, i64 centered,               \
           i64 accumulate) {                                                                                          \
        normalize_backward(dx, dx_stride, dy, dy_stride, x, x_stride, weight, statistics, rows, groups, width,        \
                           centered, accumulate);                                                                     \
    }

NORM_BACKWARD(norm_backward, float)
NORM_BACKWARD(norm_backward_bf16, bf16)

/// Of the rows of chunk c: partial_weight[c,i] = Σ dy · (x - mean) · r, partial_bias[c,i] = Σ dy. Blocks of 32 columns and
/// 8 rows.
KERNEL(256, norm_weight_partial, float *RESTRICT partial_weight, float *RESTRICT partial_bias,
       const float *RESTRICT dy, i64 dy_stride, const float *RESTRICT x, i64 x_stride,
       const float *RESTRICT statistics, i64 rows, i64 groups, i64 width, i64 chunk) {
    SHARED(float, sums, 2 * 8 * 32);
    const i64 i = block_x() * 32 + thread_x(), first = block_y() * chunk, last = smaller(rows, first + chunk);
    float weight = 0, bias = 0;
    if (i < width)
        for (i64 t = first + thread_y(); t < last; t += 8)
            for (i64 g = 0; g < groups; g++) {
                const float *own = statistics + 2 * (t * groups + g);
                const float d = dy[t * dy_stride + g * width + i];
                weight += d * (x[t * x_stride + g * width + i] - own[0]) * own[1];
                bias += d;
            }
    float *const weights = sums, *const biases = sums + 8 * 32;
    weights[thread_y() * 32 + thread_x()] = weight;
    biases[thread_y() * 32 + thread_x()] = bias;
    block_sync();
    if (thread_y() == 0 && i < width) {
        for (int n = 1; n < 8; n++) {
            weight += weights[n * 32 + thread_x()];
            bias += biases[n * 32 + thread_x()];
        }
        partial_weight[block_y() * width + i] = weight;
        if (partial_bias) partial_bias[block_y() * width + i] = bias;
    }
}
