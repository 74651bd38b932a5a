#include "noise.h"
#include "platform.h"

#include <math.h>

enum { LANES = 16 };

KERNEL double consilium_noise_squared_norm(const float *values, size_t count) {
    // Partial sums: faster, and closer to the exact value than one.
    double sum[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) sum[lane] += (double)values[i + lane] * (double)values[i + lane];
    }
    for (; i < count; i++) sum[0] += (double)values[i] * (double)values[i];
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[lane];
    return total;
}

INLINE double quantize(float value, double scale, int toward_zero) {
    const double scaled = (double)value * scale;
    return toward_zero ? trunc(scaled) : rint(scaled);
}

// An integer of magnitude below 2^51: added to 1.5 * 2^52 it stands in the low bits of the sum.
INLINE int64_t to_integer(double whole) {
    const double shifted = whole + 0x1.8p52, zero = 0x1.8p52;
    int64_t bits, base;
    memcpy(&bits, &shifted, sizeof bits);
    memcpy(&base, &zero, sizeof base);
    return bits - base;
}

static uint64_t integer_norm(const float *values, size_t count, double scale, int toward_zero) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const uint64_t magnitude = (uint64_t)fabs(quantize(values[i], scale, toward_zero));
        uint64_t square;
        if (__builtin_mul_overflow(magnitude, magnitude, &square)) return UINT64_MAX;
        if (__builtin_add_overflow(sum, square, &sum)) return UINT64_MAX;
    }
    return sum;
}

// One copy for each constant `toward_zero`, or the choice is made for every element.
INLINE double quantize_add(int64_t *sum, const float *values, size_t count, double scale, int toward_zero,
                           int64_t sign) {
    double squares[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            const double x = quantize(values[i + lane], scale, toward_zero);
            squares[lane] += x * x;
            sum[i + lane] += sign * to_integer(x);
        }
    }
    for (; i < count; i++) {
        const double x = quantize(values[i], scale, toward_zero);
        squares[0] += x * x;
        sum[i] += sign * to_integer(x);
    }
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += squares[lane];
    return total;
}

KERNEL static double quantize_nearest(int64_t *sum, const float *values, size_t count, double scale) {
    return quantize_add(sum, values, count, scale, 0, 1);
}

KERNEL static double quantize_toward_zero(int64_t *sum, const float *values, size_t count, double scale) {
    return quantize_add(sum, values, count, scale, 1, 1);
}

uint64_t consilium_noise_quantize_add(
    int64_t *sum, const float *values, size_t count, double scale, int toward_zero) {
    const double squares = toward_zero ? quantize_toward_zero(sum, values, count, scale)
                                       : quantize_nearest(sum, values, count, scale);
    // Squares and sums of integers are exact in doubles as long as the sum is below 2^53.
    return squares < 0x1p53 ? (uint64_t)squares : integer_norm(values, count, scale, toward_zero);
}

KERNEL void consilium_noise_quantize_subtract(
    int64_t *sum, const float *values, size_t count, double scale, int toward_zero) {
    if (toward_zero) {
        quantize_add(sum, values, count, scale, 1, -1);
    } else {
        quantize_add(sum, values, count, scale, 0, -1);
    }
}

KERNEL void consilium_noise_release(
    float *restrict out, const int64_t *restrict grid, const int64_t *restrict noise, size_t count, double unit) {
    for (size_t i = 0; i < count; i++) out[i] = (float)((double)(grid[i] + noise[i]) * unit);
}
