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

enum { room = (consilium_noise_rdp_factorials + 7) & ~3 };

KERNEL double consilium_noise_rdp_log_sum(const double *factorial, const double *term, double total, int order) {
    double exponent[room];
    v4d largest = (v4d){0} - INFINITY;
    int k = 2;
    for (; k + 3 <= order; k += 4) {
        const v4d last = LOAD4(factorial + order - k - 3);
        const v4d x = total - LOAD4(factorial + k) - __builtin_shufflevector(last, last, 3, 2, 1, 0) + LOAD4(term + k);
        STORE4(exponent + k, x);
        largest = __builtin_elementwise_max(largest, x);
    }
    double most = max4(&largest);
    for (; k <= order; k++) {
        exponent[k] = total - factorial[k] - factorial[order - k] + term[k];
        if (exponent[k] > most) most = exponent[k];
    }
    if (isinf(most)) return most;
    for (; (k - 2) % 4 != 0; k++) exponent[k] = -INFINITY;
    v4d sum = {0};
    for (int i = 2; i < k; i += 4) {
        v4d x = LOAD4(exponent + i) - most;
        if (max4(&x) < -45) continue;
        exp4(&x);
        sum += x;
    }
    return most + log(sum4(&sum));
}

// log A = log sum_k C(a,k) (1-q)^(a-k) q^k exp((k^2-k)/(2 sigma^2)); the terms k = 0 and 1 and the ones hidden in the
// rest add up to exactly 1, so A - 1 is a sum of positive terms and no digit is lost when it is tiny. `term` has the
// logarithms of (q/(1-q))^k (exp((k^2-k)/(2 sigma^2)) - 1).
static double log_moment_integer(double q, const double *factorial, const double *term, int order) {
    double total = consilium_noise_rdp_log_sum(factorial, term, factorial[order] + order * log1p(-q), order);
    return total > 700 ? total : log1p(exp(total));
}

// The same for orders beyond the table, term by term.
static double log_moment_large(double q, double sigma, int order) {
    double total = -INFINITY, log_binomial = 0, log_q = log(q), log_rest = log1p(-q);
    for (int k = 1; k <= order; k++) {
        log_binomial += log((double)(order - k + 1) / k);
        if (k < 2) continue;
        double exponent = ((double)k * k - k) / (2 * sigma * sigma);
        total = log_add(total, log_binomial + k * log_q + (order - k) * log_rest + log_expm1(exponent));
    }
    return total > 700 ? total : log1p(exp(total));
}

static void fill_terms(double q, double sigma, double *term, int largest) {
    double odds = log(q) - log1p(-q);
    for (int k = 0; k <= largest; k++) {
        double exponent = ((double)k * k - k) / (2 * sigma * sigma);
        term[k] = k * odds + (exponent > 37 ? exponent : log_expm1(exponent));
    }
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

// The same quadrature for rising orders with nodes in common. From one order to the next the integrand is multiplied by a
// power of the ratio 1 + w: state' = state * power + alpha + a * beta. Where |w| is small, the state is convex_rest, with alpha
// and beta such that it stays so without cancellation; elsewhere it is (1+w)^a, and `constant` + a * `slope` make up for it.
typedef struct {
    size_t count;
    double order, step, constant, slope, scale;
    double *z, *w, *density, *state, *power, *alpha, *beta;
} quadrature;

static int is_small(double w) { return fabs(w) < 0.5; }

static int prepare(quadrature *self, double q, double sigma, double largest) {
    double variance = sigma * sigma;
    double step = fmin(sigma / 3, 0.4 * variance), from = -11 * sigma;
    double points = ceil((largest + 22 * sigma) / step) + 1;
    if (!(points < 20000)) return -1;
    self->count = ((size_t)points + 3) & ~(size_t)3;
    double *memory = malloc(7 * self->count * sizeof(double));
    if (!memory) return -1;
    self->z = memory;
    self->w = memory + self->count;
    self->density = self->w + self->count;
    self->state = self->density + self->count;
    self->power = self->state + self->count;
    self->alpha = self->power + self->count;
    self->beta = self->alpha + self->count;
    self->scale = step / (sigma * sqrt(2 * M_PI));
    self->order = self->constant = self->slope = self->step = 0;
    for (size_t i = 0; i < self->count; i++) {
        double z = from + (double)i * step;
        self->w[i] = q * expm1((2 * z - 1) / (2 * variance));
        self->z[i] = z;
        self->density[i] = exp(-z * z / (2 * variance));
        if (is_small(self->w[i])) continue;
        self->constant -= self->density[i];
        self->slope -= self->density[i] * self->w[i];
    }
    return 0;
}

static void start(quadrature *self, double order) {
    for (size_t i = 0; i < self->count; i++) {
        double w = self->w[i];
        // The density may vanish where the power overflows; together they don't.
        self->state[i] = is_small(w) ? self->density[i] * convex_rest(w, order)
                                     : exp(log(self->density[i]) + order * log1p(w));
    }
    self->order = order;
}

static void set_step(quadrature *self, double step) {
    for (size_t i = 0; i < self->count; i++) {
        double w = self->w[i];
        self->power[i] = exp(step * log1p(w));
        self->alpha[i] = self->beta[i] = 0;
        if (!is_small(w)) continue;
        double rest = convex_rest(w, step);
        self->alpha[i] = self->density[i] * rest;
        self->beta[i] = self->density[i] * (rest * w + step * w * w);
    }
    self->step = step;
}

KERNEL static double advance(
    double *state, const double *power, const double *alpha, const double *beta, size_t count, double order) {
    v4d sum = {0};
    for (size_t i = 0; i < count; i += 4) {
        const v4d next = LOAD4(state + i) * LOAD4(power + i) + (LOAD4(alpha + i) + order * LOAD4(beta + i));
        STORE4(state + i, next);
        sum += next;
    }
    return sum4(&sum);
}

static double log_moment_at(quadrature *self, double order) {
    double step = order - self->order, sum = 0;
    if (self->order > 0 && step > 1e-3 && step < 0.5) {
        if (fabs(step - self->step) > 1e-13) set_step(self, step);
        sum = advance(self->state, self->power, self->alpha, self->beta, self->count, self->order);
        self->order = order;
    } else {
        start(self, order);
        for (size_t i = 0; i < self->count; i++) sum += self->state[i];
    }
    return log1p((sum + self->constant + order * self->slope) * self->scale);
}

void consilium_noise_rdp_poisson_gaussian(
    double q, double sigma, const double *orders, size_t count, const double *factorial, double *rdp) {
    double term[room];
    double fractional = 0;
    int whole = 1;
    for (size_t i = 0; i < count; i++) {
        double order = orders[i];
        if (order != floor(order)) {
            // Beyond this the sums are taken as logarithms, each order by itself.
            if ((order * order - order) / (2 * sigma * sigma) <= 400 && order > fractional) fractional = order;
        } else if (order <= consilium_noise_rdp_factorials - 1 && order > whole) {
            whole = (int)order;
        }
    }
    if (whole > 1) fill_terms(q, sigma, term, whole);
    quadrature shared;
    int has_shared = fractional > 0 && prepare(&shared, q, sigma, fractional) == 0;
    for (size_t i = 0; i < count; i++) {
        double order = orders[i], moment;
        int is_whole = order == floor(order);
        if (has_shared && order <= fractional) {
            moment = log_moment_at(&shared, order);
            if (is_whole) moment = log_moment_integer(q, factorial, term, (int)order);
        } else if (is_whole) {
            moment = order <= whole ? log_moment_integer(q, factorial, term, (int)order)
                                    : log_moment_large(q, sigma, (int)order);
        } else {
            moment = log_moment_fractional(q, sigma, order);
        }
        rdp[i] = isnan(moment) ? INFINITY : moment / (order - 1);
    }
    if (has_shared) free(shared.z);
}
