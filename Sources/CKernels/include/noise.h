#ifndef CONSILIUM_NOISE_H
#define CONSILIUM_NOISE_H

#include <stddef.h>
#include <stdint.h>

/// Exact discrete Gaussian samples on the integers with standard parameter sigma = 2^log2_sigma
/// (Canonne, Kamath, Steinke 2020, "The Discrete Gaussian for Differential Privacy", algorithms 1 to 3).
///
/// Integer arithmetic alone; the only input is `random`, which must be independent uniform words, used from their low bits
/// and from bit `*position` of the first one; it is moved to the first unused bit. Returns how many samples were written. It
/// is less than `count` when the words ran out: the caller then keeps the words from that bit on, appends new ones and calls
/// again, so that the samples are those of one endless stream and none is favoured for having needed few bits.
/// Requires 1 <= log2_sigma <= 24.
size_t consilium_noise_discrete_gaussian(
    int64_t *out, size_t count, uint32_t log2_sigma, const uint64_t *random, size_t words, size_t *position);

/// Sum of squares in double precision; not finite if any value is not.
double consilium_noise_squared_norm(const float *values, size_t count);

/// sum[i] += integer(values[i] * scale), magnitudes below 2^51. Gives the exact sum of squares of these integers, or
/// UINT64_MAX where it has no room. `toward_zero` truncates, otherwise the nearest integer (ties to even) is taken.
uint64_t consilium_noise_quantize_add(int64_t *sum, const float *values, size_t count, double scale, int toward_zero);

/// Takes the same integers away again.
void consilium_noise_quantize_subtract(
    int64_t *sum, const float *values, size_t count, double scale, int toward_zero);

/// out[i] = (grid[i] + noise[i]) * unit
void consilium_noise_release(float *out, const int64_t *grid, const int64_t *noise, size_t count, double unit);

/// Renyi divergence of the Poisson-sampled Gaussian at each order (all > 1), for one step, 0 < q < 1, sigma > 0
/// (Mironov, Talwar, Zhang 2019). An order that can't be computed with full precision comes out as infinity.
void consilium_noise_rdp_poisson_gaussian(
    double q, double sigma, const double *orders, size_t count, double *rdp);

/// The same for a Gaussian on a uniformly random sample without replacement, rate q < 1, replace-one neighbours; sigma is
/// relative to the replace-one sensitivity (Wang, Balle, Kasiviswanathan 2019, theorem 27 and corollary 10).
void consilium_noise_rdp_wor_gaussian(double q, double sigma, const double *orders, size_t count, double *rdp);

/// A pair of distributions of outputs on neighbouring data. `noise` is relative to the add/remove sensitivity.
typedef enum {
    /// (1-q) N(0, s^2) + q N(1, s^2) against N(0, s^2); q = 1 is the plain Gaussian.
    consilium_noise_pair_remove,
    /// The other way round.
    consilium_noise_pair_add,
    /// (1-q) N(0, s^2) + q N(1, s^2) against (1-q) N(0, s^2) + q N(-1, s^2).
    consilium_noise_pair_replace,
    /// Laplace noise of scale s around 0 against around 1; symmetric.
    consilium_noise_pair_laplace,
} consilium_noise_pair;

/// The privacy loss distribution of one step on the grid first*step, (first+1)*step, ...; `masses` has count+1 places.
/// `upper`: connect the dots, which dominates the truth; otherwise losses are rounded down, which it dominates.
void consilium_noise_pld_cells(
    consilium_noise_pair pair, double q, double noise, double step, int64_t first, size_t count, int upper,
    double *masses);

/// The same for discrete Gaussian noise with parameter `sigma` on integers that one patient moves by `sensitivity`; integers
/// beyond `reach` * sigma are left out. Not for consilium_noise_pair_replace.
void consilium_noise_pld_lattice_cells(
    consilium_noise_pair pair, double q, double sigma, int64_t sensitivity, double reach, double step, int64_t first,
    size_t count, int upper, double *masses);

/// log sum_i masses[i] exp(tilt * loss_i)
double consilium_noise_pld_log_moment(
    const double *masses, size_t count, int64_t first, double step, double tilt);

/// The tilted distribution masses[i] exp(tilt * loss_i - log_moment), wrapped around into `size` complex numbers (a power
/// of two); loss index k lies at k modulo size.
void consilium_noise_pld_fold(
    const double *masses, size_t count, int64_t first, double step, double tilt, double log_moment, double *spectrum,
    size_t size);

/// Fourier transform in place of `size` complex numbers (a power of two), without scaling.
void consilium_noise_fft(double *values, size_t size, int inverse);

/// product[i] *= spectrum[i] ^ steps
void consilium_noise_spectrum_multiply_power(double *product, const double *spectrum, size_t size, double steps);

/// The smallest epsilon >= 0 with delta(epsilon) <= delta, from an inverse-transformed tilted distribution whose window
/// begins at loss index `first`.
double consilium_noise_pld_epsilon(
    const double *composed, size_t size, int64_t first, double step, double tilt, double log_moment,
    double infinity_mass, double delta);

double consilium_noise_pld_delta(
    const double *composed, size_t size, int64_t first, double step, double tilt, double log_moment,
    double infinity_mass, double epsilon);

#endif
