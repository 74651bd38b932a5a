// Root-mean-square norm (Zhang & Sennrich 2019) and, `centered`, layer norm (Ba et al. 2016): a block a vector. Row t
// has `groups` vectors of `width` elements, the vector g at x + t·x_stride + g·width.
#include "device.h"

/// y = (x - mean) · r · weight (+ bias), r = 1 / sqrt(mean((x - mean)²) + epsilon), mean 0 unless centered. `statistics`
/// [rows, groups, 2] gets mean and r. y may be x.
KERNEL(256, norm_forward, float *y, i64 y_stride, const float *x, i64 x_stride, const float *RESTRICT weight,
       const float *RESTRICT bias, float *RESTRICT statistics, i64 rows, i64 groups, i64 width, float epsilon,
       i64 centered) {
    SHARED(float, scratch, 32);
    const i64 vector = block_x(), t = vector / groups, g = vector % groups;
    const bool inside = t < rows;
    const float *in = x + t * x_stride + g * width;
    float *out = y + t * y_stride + g * width;
    const int n = inside ? (int)width : 0, step = block_threads();
    float mean = 0;
    if (centered) {
        float sum = 0;
        for (int i = thread_x(); i < n; i += step) sum += in[i];
        mean = block_sum(sum, scratch) / (float)width;
    }
    float squares = 0;
    for (int i = thread_x(); i < n; i += step) squares += (in[i] - mean) * (in[i] - mean);
    const float r = 1.0f / sqrtf(block_sum(squares, scratch) / (float)width + epsilon);
    if (inside && thread_x() == 0) {
        statistics[2 * vector] = mean;
        statistics[2 * vector + 1] = r;
    }
    for (int i = thread_x(); i < n; i += step) {
        const float value = (in[i] - mean) * r * weight[i];
        out[i] = bias ? value + bias[i] : value;
    }
}

/// With n = (x - mean) · r and d = dy · weight:  dx (+)= r · (d - [mean(d)] - n · mean(d · n)). dx may be dy.
KERNEL(256, norm_backward, float *dx, i64 dx_stride, const float *dy, i64 dy_stride, const float *RESTRICT x,
       i64 x_stride, const float *RESTRICT weight, const float *RESTRICT statistics, i64 rows, i64 groups, i64 width,
       i64 centered, i64 accumulate) {
    SHARED(float, scratch, 32);
    const i64 vector = block_x(), t = vector / groups, g = vector % groups;
    const bool inside = t < rows;
    const float *in = x + t * x_stride + g * width, *d = dy + t * dy_stride + g * width;
    float *out = dx + t * dx_stride + g * width;
    const int n = inside ? (int)width : 0, step = block_threads();
    const float mean = inside ? statistics[2 * vector] : 0, r = inside ? statistics[2 * vector + 1] : 0;
    float sum = 0, dot = 0;
    for (int i = thread_x(); i < n; i += step) {
        const float v = d[i] * weight[i];
        sum += v;
        dot += v * (in[i] - mean);
    }
    dot = block_sum(dot, scratch);
    sum = centered ? block_sum(sum, scratch) : 0;
    const float slope = dot * r * r / (float)width, shift = sum / (float)width;
    for (int i = thread_x(); i < n; i += step) {
        const float value = r * (d[i] * weight[i] - shift - (in[i] - mean) * slope);
        out[i] = accumulate ? out[i] + value : value;
    }
}

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
