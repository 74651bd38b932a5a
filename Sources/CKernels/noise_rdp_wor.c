#include "math4.h"
#include "noise.h"
#include "noise_rdp.h"

#include <math.h>
#include <stdlib.h>

static double log_add(double a, double b) {
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    if (isinf(low)) return high;
    return high + log1p(exp(low - high));
}

static double log_expm1(double x) { return x > 30 ? x + log1p(-exp(-x)) : log(expm1(x)); }

// Above this order the finite differences are no longer worth their time; the second bound of the theorem is used alone.
enum { largest_exact_order = 256 };

KERNEL static double log_power_sum(const double *magnitude, const double *density, size_t count, double power) {
    v4d largest = (v4d){0} - 1e300;
    for (size_t i = 0; i < count; i += 4) {
        largest = __builtin_elementwise_max(largest, power * LOAD4(magnitude + i) + LOAD4(density + i));
    }
    double most = max4(&largest);
    v4d sum = {0};
    for (size_t i = 0; i < count; i += 4) {
        v4d term = power * LOAD4(magnitude + i) + LOAD4(density + i) - most;
        if (max4(&term) < -45) continue;
        exp4(&term);
        sum += term;
    }
    return most + log(sum4(&sum));
}

// differences[l/2] = log E[(exp((2z-1)/(2 sigma^2)) - 1)^l], z ~ N(0, sigma^2), for even l up to `largest` + 1: what theorem 27
// writes as the l-th forward difference of exp((x-1) RDP(x)). As an integral of a positive function it has no cancellation; the
// nodes are common to all l.
static void fill_differences(double sigma, int largest, double *differences) {
    int last = (largest + 1) / 2;
    for (int half = 1; half <= last; half++) differences[half] = INFINITY;
    double variance = sigma * sigma;
    double reach = (sqrt(2.0 * last) + 11) * sigma, step = sigma / 4;
    double points = ceil((2 * last + 2 * reach) / step) + 1;
    if (!(points < 400000)) return;
    size_t count = ((size_t)points + 3) & ~(size_t)3;
    double *magnitude = malloc(2 * count * sizeof(double)), *density = magnitude + count;
    if (!magnitude) return;
    for (size_t i = 0; i < count; i++) {
        double z = -reach + (double)i * step;
        double u = (2 * z - 1) / (2 * variance);
        magnitude[i] = u > 30 ? u + log1p(-exp(-u)) : fmax(-1e100, log(fabs(expm1(u))));
        density[i] = -z * z / (2 * variance);
    }
    double scale = log(step / (sigma * sqrt(2 * M_PI)));
    for (int half = 1; half <= last; half++) {
        differences[half] = scale + log_power_sum(magnitude, density, count, 2 * half);
    }
    free(magnitude);
}

// The bound of the j-th term; with `differences` that of the theorem's first form, where it is smaller.
static double log_bound(double sigma, int j, const double *differences) {
    double variance = sigma * sigma;
    if (j == 2) return fmin(log(4) + log_expm1(1 / variance), log(2) + 1 / variance);
    double bound = log(2) + (double)j * (j - 1) / (2 * variance);
    if (!differences) return bound;
    return fmin(bound, log(4) + 0.5 * (differences[j / 2] + differences[(j + 1) / 2]));
}

// For orders beyond the table of factorials, term by term.
static double log_moment_large(double q, double sigma, int order) {
    double total = 0, log_binomial = log((double)order);
    for (int j = 2; j <= order; j++) {
        log_binomial += log((double)(order - j + 1) / j);
        total = log_add(total, log_binomial + j * log(q) + log_bound(sigma, j, 0));
    }
    return total;
}

// `exact` has the logarithms of the terms with finite differences, `simple` those without.
static double log_moment(
    double q, double sigma, int order, const double *factorial, const double *exact, const double *simple) {
    if (order < 2) return 0;
    if (order >= consilium_noise_rdp_factorials) return log_moment_large(q, sigma, order);
    const double *term = order <= largest_exact_order ? exact : simple;
    return log_add(0, consilium_noise_rdp_log_sum(factorial, term, factorial[order], order));
}

void consilium_noise_rdp_wor_gaussian(
    double q, double sigma, const double *orders, size_t count, const double *factorial, double *rdp) {
    int largest = 2, last = 2;
    for (size_t i = 0; i < count; i++) {
        int ceiling = (int)ceil(orders[i]);
        if (ceiling <= largest_exact_order && ceiling > largest) largest = ceiling;
        if (ceiling < consilium_noise_rdp_factorials && ceiling > last) last = ceiling;
    }
    double differences[largest_exact_order / 2 + 2];
    fill_differences(sigma, largest, differences);
    double exact[largest_exact_order + 4], simple[consilium_noise_rdp_factorials + 4];
    for (int j = 2; j <= largest; j++) exact[j] = j * log(q) + log_bound(sigma, j, differences);
    for (int j = 2; j <= last; j++) simple[j] = j * log(q) + log_bound(sigma, j, 0);
    // Neighboring fractional orders lie between the same whole ones.
    int known = 0;
    double below = 0, above = 0;
    for (size_t i = 0; i < count; i++) {
        int low = (int)floor(orders[i]);
        double share = orders[i] - low;
        double moment;
        if (share > 0) {
            if (known != low) {
                below = log_moment(q, sigma, low, factorial, exact, simple);
                above = log_moment(q, sigma, low + 1, factorial, exact, simple);
                known = low;
            }
            // Corollary 10: the moments are convex in the order, so the chord is an upper bound.
            moment = (1 - share) * below + share * above;
        } else {
            moment = log_moment(q, sigma, low, factorial, exact, simple);
        }
        rdp[i] = isnan(moment) ? INFINITY : moment / (orders[i] - 1);
    }
}
