#include "noise.h"

#include <math.h>

// The losses of one step as a list of points, each with its loss and the logarithm of its mass under the distribution Q
// (`without` the patient); under P it has e^loss times that. Both directions share the points: adding a patient swaps P and Q.
//
// Upper bound: the noise is cut into cells, and the mass of a cell under P and Q moves to its two ends so that both keep
// their mass (connect the dots, Doroshenko et al. 2022). The likelihood ratio is spread further without changing its mean,
// which raises every divergence. Lower bound: each cell becomes one point, which is post-processing.

static double log_add(double a, double b) {
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    if (isinf(low)) return high;
    return high + log1p(exp(low - high));
}

// A place in units of the deviation with the tail of the normal distribution beyond it, on the side away from 0.
typedef struct {
    double x, tail;
} quantile;

static quantile quantile_at(double x) { return (quantile){x, 0.5 * erfc(fabs(x) * M_SQRT1_2)}; }

// The mass between two places, a < b, from tails on the side where no digits cancel.
static double between(quantile a, quantile b) {
    if (a.x >= 0) return a.tail - b.tail;
    if (b.x <= 0) return b.tail - a.tail;
    return 1 - a.tail - b.tail;
}

static double above(quantile a) { return a.x >= 0 ? a.tail : 1 - a.tail; }
static double below(quantile a) { return a.x <= 0 ? a.tail : 1 - a.tail; }

// The pair (1-q) A + q B against (1-q) A + q C, where A, B and C are normal around 0, 1 and -1, or C = A.
typedef struct {
    double q, sigma;
    int replace;
} pair_shape;

// An end of a cell: the loss there and kappa = (likelihood ratio - 1) / q, which keeps its digits when q is tiny.
typedef struct {
    double z, loss, kappa;
    quantile a, b, c;
} cell_end;

static double loss_of_exponent(double u, double q) {
    if (q == 1) return u;
    return u > 30 ? u + log(q + (1 - q) * exp(-u)) : log1p(q * expm1(u));
}

static cell_end end_at(const pair_shape *shape, double z) {
    double q = shape->q, sigma = shape->sigma;
    cell_end end = {.z = z, .a = quantile_at(z / sigma), .b = quantile_at((z - 1) / sigma)};
    double scale = 0.5 / (sigma * sigma);
    double up = (2 * z - 1) * scale;
    end.loss = loss_of_exponent(up, q);
    end.kappa = expm1(fmin(up, 700));
    if (shape->replace) {
        double down = (-2 * z - 1) * scale;
        double e = expm1(down);
        end.c = quantile_at((z + 1) / sigma);
        end.loss -= loss_of_exponent(down, q);
        end.kappa = (end.kappa - e) / (1 + q * e);
    }
    return end;
}

// Masses of a cell under P and Q, and (P - Q) / q.
typedef struct {
    double p, r, excess;
} cell_mass;

static cell_mass mass_of(const pair_shape *shape, double a, double b, double c) {
    double q = shape->q, rest = (1 - q) * a;
    double other = shape->replace ? c : a;
    return (cell_mass){rest + q * b, rest + q * other, b - other};
}

static cell_mass mass_between(const pair_shape *shape, const cell_end *low, const cell_end *high) {
    double c = shape->replace ? between(low->c, high->c) : 0;
    return mass_of(shape, between(low->a, high->a), between(low->b, high->b), c);
}

// Below this a mass under Q has lost its digits; the mass under P then counts at the upper end.
static const double vanishing = 1e-290;

// The share of the cell's mass under Q that belongs on the upper end. Of the two forms of the same quotient, the first
// keeps its digits for small q, the second for likelihood ratios near 0.
static double upper_share(
    const cell_mass *mass, double q, double low_kappa, double high_kappa, double low_loss, double high_loss) {
    double share = q < 0.5 ? (mass->excess - low_kappa * mass->r) / (mass->r * (high_kappa - low_kappa))
                           : (mass->p / mass->r * exp(-low_loss) - 1) / expm1(high_loss - low_loss);
    if (!(share <= 1)) return 1;
    return share > 0 ? share : 0;
}

static double merged_loss(const cell_mass *mass, double q) {
    double ratio = q * mass->excess / mass->r;
    return ratio > -0.5 ? log1p(ratio) : log(mass->p / mass->r);
}

size_t consilium_noise_pld_gaussian_points(
    consilium_noise_pair pair, double q, double sigma, double from, double width, size_t count, int upper, double *loss,
    double *weight, double *infinite) {
    pair_shape shape = {q, sigma, pair == consilium_noise_pair_replace};
    // Replace-one is symmetric: the half with losses of 0 and more is enough.
    size_t points = 0;
    cell_end low = end_at(&shape, from);
    infinite[0] = infinite[1] = 0;
    double carried = 0;
    if (!shape.replace) {
        cell_mass tail = mass_of(&shape, below(low.a), below(low.b), 0);
        if (upper) {
            carried = tail.p * exp(-low.loss);
            infinite[1] = fmax(0, tail.r - carried);
        } else if (tail.p > 0) {
            loss[points] = merged_loss(&tail, q);
            weight[points++] = log(tail.r);
        }
    }
    double underflowed = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        cell_end high = end_at(&shape, from + (double)(i + 1) * width);
        cell_mass mass = mass_between(&shape, &low, &high);
        if (upper) {
            double share = mass.r < vanishing
                               ? 1
                               : upper_share(&mass, q, low.kappa, high.kappa, low.loss, high.loss);
            double here = carried + (mass.r < vanishing ? 0 : mass.r * (1 - share));
            loss[points] = low.loss;
            weight[points++] = log_add(log(here), underflowed);
            carried = mass.r < vanishing ? 0 : mass.r * share;
            underflowed = mass.r < vanishing && mass.p > 0 ? log(mass.p) - high.loss : -INFINITY;
        } else if (mass.r >= vanishing && mass.p > 0) {
            loss[points] = merged_loss(&mass, q);
            weight[points++] = log(mass.r);
        }
        low = high;
    }
    cell_mass tail = mass_of(&shape, above(low.a), above(low.b), shape.replace ? above(low.c) : 0);
    if (upper) {
        loss[points] = low.loss;
        weight[points++] = log_add(log(carried + (tail.r < vanishing ? 0 : tail.r)), underflowed);
        infinite[0] = tail.r < vanishing ? tail.p : fmax(0, q * (tail.excess - low.kappa * tail.r));
    } else if (tail.r >= vanishing && tail.p > 0) {
        loss[points] = merged_loss(&tail, q);
        weight[points++] = log(tail.r);
    }
    if (!shape.replace) return points;
    infinite[1] = infinite[0];
    // Mirrored: what has mass m under Q at loss x has mass m e^x there at -x.
    size_t half = points;
    for (size_t i = 0; i < half; i++) {
        if (upper && i == 0) {
            weight[0] += M_LN2;
            continue;
        }
        loss[points] = -loss[i];
        weight[points++] = weight[i] + loss[i];
    }
    return points;
}

size_t consilium_noise_pld_gaussian_nodes(
    consilium_noise_pair pair, double q, double sigma, double from, double width, size_t count, double *loss,
    double *weight) {
    double scale = 0.5 / (sigma * sigma);
    double log_share = log(width / (sigma * sqrt(2 * M_PI)));
    size_t points = 0;
    for (size_t i = 0; i <= count; i++) {
        double z = from + (double)i * width;
        double up = (2 * z - 1) * scale, down = (-2 * z - 1) * scale;
        loss[points] = loss_of_exponent(up, q);
        weight[points] = log_share - z * z * scale;
        if (pair == consilium_noise_pair_replace) {
            double other = loss_of_exponent(down, q);
            loss[points] -= other;
            weight[points] += other;
        }
        points++;
    }
    size_t half = pair == consilium_noise_pair_replace ? points : 0;
    for (size_t i = 1; i < half; i++) {
        loss[points] = -loss[i];
        weight[points++] = weight[i] + loss[i];
    }
    return points;
}

size_t consilium_noise_pld_laplace_points(double scale, size_t count, int upper, double *loss, double *weight) {
    // Centers 0 (P) and 1 (Q). The loss is 1/b left of 0, -1/b right of 1, and falls evenly between.
    double edge = 1 / scale, width = 2 * edge / (double)count;
    double log_half = -M_LN2;
    // The mass of a cell under Q, half a cell's decay away from its ends.
    double cell = log(-expm1(-width / 2));
    size_t points = 0;
    if (!upper) {
        loss[points] = -edge;
        weight[points++] = log_half;
        for (size_t i = 0; i < count; i++) {
            loss[points] = -edge + ((double)i + 0.5) * width;
            weight[points++] = log_half - (double)i * width / 2 + cell;
        }
        loss[points] = edge;
        weight[points++] = log_half - edge;
        return points;
    }
    double upper_part = cell - log1p(exp(width / 2)), lower_part = upper_part + width / 2;
    for (size_t i = 0; i <= count; i++) {
        double from_above = i < count ? log_half - (double)i * width / 2 + lower_part : log_half - edge;
        double from_below = i > 0 ? log_half - (double)(i - 1) * width / 2 + upper_part : log_half;
        loss[points] = -edge + (double)i * width;
        weight[points++] = log_add(from_above, from_below);
    }
    return points;
}

size_t consilium_noise_pld_lattice_points(
    double q, double sigma, int64_t sensitivity, int64_t far, int64_t group, int upper, double *loss, double *weight) {
    double scale = 0.5 / (sigma * sigma);
    double total = 1;
    for (int64_t x = far; x > 0; x--) total += 2 * exp(-(double)x * (double)x * scale);
    pair_shape shape = {q, sigma, 0};
    size_t points = 0;
    int64_t last = far + sensitivity;
    for (int64_t start = -far; start <= last; start += group) {
        int64_t end = start + group - 1 < last ? start + group - 1 : last;
        double low = (double)sensitivity * (2 * (double)start - (double)sensitivity) * scale;
        double high = (double)sensitivity * (2 * (double)end - (double)sensitivity) * scale;
        if (end == start) {
            loss[points] = loss_of_exponent(low, q);
            weight[points++] = -(double)start * (double)start * scale - log(total);
            continue;
        }
        double a = 0, b = 0;
        for (int64_t x = start; x <= end; x++) {
            double shifted = (double)(x - sensitivity);
            a += exp(-(double)x * (double)x * scale);
            b += exp(-shifted * shifted * scale);
        }
        cell_mass mass = mass_of(&shape, a / total, b / total, 0);
        if (!upper) {
            if (mass.r >= vanishing && mass.p > 0) {
                loss[points] = merged_loss(&mass, q);
                weight[points++] = log(mass.r);
            }
            continue;
        }
        double low_loss = loss_of_exponent(low, q), high_loss = loss_of_exponent(high, q);
        double share = 1;
        if (mass.r >= vanishing) {
            share = upper_share(&mass, q, expm1(fmin(low, 700)), expm1(fmin(high, 700)), low_loss, high_loss);
        }
        if (share < 1) {
            loss[points] = low_loss;
            weight[points++] = log(mass.r * (1 - share));
        }
        if (share > 0) {
            loss[points] = high_loss;
            weight[points++] = mass.r < vanishing ? log(mass.p) - high_loss : log(mass.r * share);
        }
    }
    return points;
}
