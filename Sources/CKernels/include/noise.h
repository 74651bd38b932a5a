#ifndef CONSILIUM_NOISE_H
#define CONSILIUM_NOISE_H

#include <stddef.h>
#include <stdint.h>

/// Random bits that were taken from a word but not yet used. Zero at the start of a stream.
typedef struct {
    uint64_t bits;
    uint32_t left;
} consilium_noise_reservoir;

/// Exact discrete Gaussian samples on the integers with standard parameter sigma = 2^log2_sigma
/// (Canonne, Kamath, Steinke 2020, "The Discrete Gaussian for Differential Privacy", algorithms 1 to 3).
///
/// Integer arithmetic alone; the only input is `random`, which must be independent uniform words.
/// Returns how many samples were written; `*used` is how many words they took. It is less than `count` when the words ran
/// out: the caller then keeps the unused words, appends new ones and calls again with the same reservoir, so that the
/// samples are those of one endless stream and none is favoured for having needed few words.
/// Requires 1 <= log2_sigma <= 24.
size_t consilium_noise_discrete_gaussian(
    int64_t *out, size_t count, uint32_t log2_sigma, const uint64_t *random, size_t words, size_t *used,
    consilium_noise_reservoir *reservoir);

/// Sum of squares in double precision; not finite if any value is not.
double consilium_noise_squared_norm(const float *values, size_t count);

/// Sum of squares of the integers that `consilium_noise_quantize_add` would add; saturates at UINT64_MAX.
/// `toward_zero` truncates, otherwise the nearest integer (ties to even) is taken.
uint64_t consilium_noise_quantized_norm(const float *values, size_t count, double scale, int toward_zero);

/// sum[i] += integer(values[i] * scale).
void consilium_noise_quantize_add(int64_t *sum, const float *values, size_t count, double scale, int toward_zero);

/// Renyi divergence of the Poisson-sampled Gaussian at each order (all > 1), for one step, 0 < q < 1, sigma > 0
/// (Mironov, Talwar, Zhang 2019). An order that can't be computed with full precision comes out as infinity.
void consilium_noise_rdp_poisson_gaussian(
    double q, double sigma, const double *orders, size_t count, double *rdp);

#endif
