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
/// (Mironov, Talwar, Zhang 2019). An order that can't be computed with full precision comes out as infinity. `factorial` has
/// log k! for k below consilium_noise_rdp_factorials. Fast for rising orders that are not larger.
void consilium_noise_rdp_poisson_gaussian(
    double q, double sigma, const double *orders, size_t count, const double *factorial, double *rdp);

enum { consilium_noise_rdp_factorials = 2049 };

/// The same for a Gaussian on a uniformly random sample without replacement, rate q < 1, replace-one neighbours; sigma is
/// relative to the replace-one sensitivity (Wang, Balle, Kasiviswanathan 2019, theorem 27 and corollary 10).
void consilium_noise_rdp_wor_gaussian(
    double q, double sigma, const double *orders, size_t count, const double *factorial, double *rdp);

/// A pair of distributions P and Q of outputs on neighboring data. `sigma` is relative to the add/remove sensitivity.
typedef enum {
    /// (1-q) N(0, s^2) + q N(1, s^2) against N(0, s^2); q = 1 is the plain Gaussian.
    consilium_noise_pair_remove,
    /// (1-q) N(0, s^2) + q N(1, s^2) against (1-q) N(0, s^2) + q N(-1, s^2).
    consilium_noise_pair_replace,
} consilium_noise_pair;

/// The privacy losses of one step as points: the loss and the logarithm of its mass under Q (under P: e^loss times that).
/// The noise is cut at from, from + width, ..., from + count*width; what lies outside counts with the outermost cells.
/// `upper`: the points dominate the truth, with the masses under P and Q in `infinite` that they don't have; otherwise the
/// truth dominates them. consilium_noise_pair_replace needs from = 0. `loss` and `weight` have 2*count + 4 places; returns
/// how many are used.
size_t consilium_noise_pld_gaussian_points(
    consilium_noise_pair pair, double q, double sigma, double from, double width, size_t count, int upper, double *loss,
    double *weight, double *infinite);

/// The same as nodes of the trapezoidal rule at from + i*width, i <= count: no bound, but moments exact to many digits from few
/// nodes.
size_t consilium_noise_pld_gaussian_nodes(
    consilium_noise_pair pair, double q, double sigma, double from, double width, size_t count, double *loss,
    double *weight);

/// The points of Laplace noise of scale `scale` around 0 against around 1, in `count` cells of equal loss.
size_t consilium_noise_pld_laplace_points(double scale, size_t count, int upper, double *loss, double *weight);

/// The points of discrete Gaussian noise with parameter `sigma` on integers that one patient moves by `sensitivity`, sampled
/// with rate q; `group` neighboring integers make one cell, and those beyond `far` are left out.
size_t consilium_noise_pld_lattice_points(
    double q, double sigma, int64_t sensitivity, int64_t far, int64_t group, int upper, double *loss, double *weight);

/// log sum_i exp(weight_i + exponent * loss_i)
double consilium_noise_pld_log_moment(const double *loss, const double *weight, size_t count, double exponent);

enum { consilium_noise_pld_block = 32 };

typedef struct {
    /// The logarithm of the moment at the exponent.
    double log_moment;
    /// The mean of direction * loss under the tilted distribution, which the angles are relative to.
    double mean;
    /// Tilted mass of points below `trim`, which were left out.
    double dropped;
} consilium_noise_pld_tilted;

/// Multiplies the spectrum exp(magnitude + i angle) at 0, frequency, 2*frequency, ... by the `steps`-th power of the
/// characteristic function of the loss, taken `direction` (1 or -1) times and tilted to masses in proportion to
/// exp(weight + exponent * loss). Blocks whose magnitudes are all below `threshold` are left alone: a characteristic function
/// is at most 1. Returns 0, or -1 without memory.
int consilium_noise_pld_multiply_spectrum(
    const double *loss, const double *weight, size_t count, double exponent, double direction, double steps,
    double frequency, double trim, double threshold, double *magnitude, double *angle, size_t frequencies,
    consilium_noise_pld_tilted *tilted);

/// Adds upper bounds of these magnitudes instead, at an eighth of the time: which frequencies may be left out?
int consilium_noise_pld_bound_spectrum(
    const double *loss, const double *weight, size_t count, double exponent, double direction, double steps,
    double frequency, double threshold, double *magnitude, size_t frequencies);

#endif
