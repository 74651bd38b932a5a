#include "noise.h"

#include <math.h>

static double log_add(double a, double b) {
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    if (isinf(low)) return high;
    return high + log1p(exp(low - high));
}

static double log_expm1(double x) { return x > 30 ? x + log1p(-exp(-x)) : log(expm1(x)); }

// log A = log sum_k C(a,k) (1-q)^(a-k) q^k exp((k^2-k)/(2 sigma^2)); the terms k = 0 and 1 and the ones hidden in the
// rest add up to exactly 1, so A - 1 is a sum of positive terms and no digit is lost when it is tiny.
static double log_moment_integer(double q, double sigma, int order) {
    double total = -INFINITY;
    double log_binomial = 0;
    double log_q = log(q);
    double log_rest = log1p(-q);
    for (int k = 1; k <= order; k++) {
        log_binomial += log((double)(order - k + 1) / k);
        if (k < 2) continue;
        double exponent = ((double)k * k - k) / (2 * sigma * sigma);
        total = log_add(total, log_binomial + k * log_q + (order - k) * log_rest + log_expm1(exponent));
    }
    return total > 700 ? total : log1p(exp(total));
}

// (1+w)^a - 1 - a w without cancellation; w > -1.
static double convex_rest(double w, double a) {
    if (fabs(a * w) < 0.05 && fabs(w) < 0.05) {
        double term = a * (a - 1) / 2 * w * w;
        double sum = term;
        for (int k = 3; k < 24; k++) {
            term *= (a - k + 1) / k * w;
            sum += term;
            if (fabs(term) <= 1e-18 * fabs(sum)) break;
        }
        return sum;
    }
    return expm1(a * log1p(w)) - a * w;
}

// A(a) = E[(1-q + q exp((2z-1)/(2 sigma^2)))^a], z ~ N(0, sigma^2), by the trapezoidal rule, which converges
// exponentially: the integrand is analytic in a strip of half-width pi sigma^2 and decays like a Gaussian.
static double log_moment_fractional(double q, double sigma, double order) {
    double variance = sigma * sigma;
    double step = fmin(sigma / 3, 0.4 * variance);
    double from = -11 * sigma;
    double to = order + 11 * sigma;
    double points = ceil((to - from) / step);
    if (!(points < 400000)) return INFINITY;
    int count = (int)points;
    double scale = step / (sigma * sqrt(2 * M_PI));
    if ((order * order - order) / (2 * variance) > 400) {
        double total = -INFINITY;
        double log_q = log(q);
        double log_rest = log1p(-q);
        for (int i = 0; i <= count; i++) {
            double z = from + i * step;
            double ratio = log_add(log_rest, log_q + (2 * z - 1) / (2 * variance));
            total = log_add(total, order * ratio - z * z / (2 * variance));
        }
        return fmax(0, total + log(scale));
    }
    double total = 0;
    for (int i = 0; i <= count; i++) {
        double z = from + i * step;
        double w = q * expm1((2 * z - 1) / (2 * variance));
        total += exp(-z * z / (2 * variance)) * convex_rest(w, order);
    }
    return log1p(total * scale);
}

void consilium_noise_rdp_poisson_gaussian(double q, double sigma, const double *orders, size_t count, double *rdp) {
    for (size_t i = 0; i < count; i++) {
        double order = orders[i];
        double moment = order == floor(order) ? log_moment_integer(q, sigma, (int)order)
                                              : log_moment_fractional(q, sigma, order);
        rdp[i] = isnan(moment) ? INFINITY : moment / (order - 1);
    }
}
