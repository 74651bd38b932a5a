#include "noise.h"

#include <math.h>

static double log_add(double a, double b) {
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    if (isinf(low)) return high;
    return high + log1p(exp(low - high));
}

// log E[(exp((2z-1)/(2 sigma^2)) - 1)^l], z ~ N(0, sigma^2), l even: what theorem 27 writes as the l-th forward difference
// of exp((x-1) RDP(x)). As an integral of a positive function it has no cancellation.
static double log_difference(double sigma, int l) {
    double variance = sigma * sigma;
    double reach = (sqrt((double)l) + 11) * sigma;
    double step = sigma / 4;
    double points = ceil((l + 2 * reach) / step);
    if (!(points < 400000)) return INFINITY;
    double total = -INFINITY;
    for (int i = 0; i <= (int)points; i++) {
        double z = -reach + i * step;
        double u = (2 * z - 1) / (2 * variance);
        double magnitude = u > 30 ? u + log1p(-exp(-u)) : log(fabs(expm1(u)));
        total = log_add(total, l * magnitude - z * z / (2 * variance));
    }
    return total + log(step / (sigma * sqrt(2 * M_PI)));
}

// Above this order the finite differences are no longer worth their time; the second bound of the theorem is used alone.
enum { largest_exact_order = 256 };

static double log_moment(double q, double sigma, int order, const double *differences) {
    double variance = sigma * sigma;
    double total = 0;
    double log_binomial = log((double)order);
    for (int j = 2; j <= order; j++) {
        log_binomial += log((double)(order - j + 1) / j);
        double bound;
        if (j == 2) {
            double second = 1 / variance;
            double minus_one = second > 30 ? second + log1p(-exp(-second)) : log(expm1(second));
            bound = fmin(log(4) + minus_one, log(2) + second);
        } else {
            bound = log(2) + (double)j * (j - 1) / (2 * variance);
            if (order <= largest_exact_order) {
                bound = fmin(bound, log(4) + 0.5 * (differences[j / 2] + differences[(j + 1) / 2]));
            }
        }
        total = log_add(total, log_binomial + j * log(q) + bound);
    }
    return order < 2 ? 0 : total;
}

void consilium_noise_rdp_wor_gaussian(double q, double sigma, const double *orders, size_t count, double *rdp) {
    int largest = 2;
    for (size_t i = 0; i < count; i++) {
        int ceiling = (int)ceil(orders[i]);
        if (ceiling <= largest_exact_order && ceiling > largest) largest = ceiling;
    }
    double differences[largest_exact_order / 2 + 2];
    for (int half = 1; half <= (largest + 1) / 2; half++) differences[half] = log_difference(sigma, 2 * half);
    for (size_t i = 0; i < count; i++) {
        double low = floor(orders[i]);
        double share = orders[i] - low;
        double moment = log_moment(q, sigma, (int)low, differences);
        // Corollary 10: the moments are convex in the order, so the chord is an upper bound.
        if (share > 0) moment = (1 - share) * moment + share * log_moment(q, sigma, (int)low + 1, differences);
        rdp[i] = isnan(moment) ? INFINITY : moment / (orders[i] - 1);
    }
}
