#include "noise.h"

#include <math.h>

double consilium_noise_squared_norm(const float *values, size_t count) {
    // Four partial sums: faster, and closer to the exact value than one.
    double sum[4] = {0, 0, 0, 0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (int lane = 0; lane < 4; lane++) sum[lane] += (double)values[i + lane] * (double)values[i + lane];
    }
    for (; i < count; i++) sum[0] += (double)values[i] * (double)values[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static inline int64_t quantize(float value, double scale, int toward_zero) {
    double scaled = (double)value * scale;
    return (int64_t)(toward_zero ? trunc(scaled) : rint(scaled));
}

uint64_t consilium_noise_quantized_norm(const float *values, size_t count, double scale, int toward_zero) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t x = quantize(values[i], scale, toward_zero);
        uint64_t magnitude = x < 0 ? (uint64_t)-x : (uint64_t)x;
        uint64_t square;
        if (__builtin_mul_overflow(magnitude, magnitude, &square)) return UINT64_MAX;
        if (__builtin_add_overflow(sum, square, &sum)) return UINT64_MAX;
    }
    return sum;
}

void consilium_noise_quantize_add(int64_t *sum, const float *values, size_t count, double scale, int toward_zero) {
    for (size_t i = 0; i < count; i++) sum[i] += quantize(values[i], scale, toward_zero);
}
