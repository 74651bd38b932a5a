#include "noise.h"

#include <math.h>

static double upper_tail(double x) { return 0.5 * erfc(x / M_SQRT2); }

// Mass of a standard normal in (a, b], on the side where no digits cancel.
static double normal_mass(double a, double b) {
    if (!(b > a)) return 0;
    return a > 0 ? upper_tail(a) - upper_tail(b) : upper_tail(-b) - upper_tail(-a);
}

// The point z at which the privacy loss of the sampled Gaussian is `loss`; the loss grows with z.
static double gaussian_point(double loss, double q, double sigma) {
    double rest = 1 - q;
    if (loss <= log1p(-q)) return -INFINITY;
    double ratio = loss < 1 ? (expm1(loss) + q) / q : (exp(loss) - rest) / q;
    if (!(ratio > 0)) return -INFINITY;
    double logarithm = isinf(ratio) ? loss - log(q) : log(ratio);
    return sigma * sigma * logarithm + 0.5;
}

// For replace-one, 1-q + q e^((2z-1)/2s^2) against 1-q + q e^((-2z-1)/2s^2): a quadratic equation in t = e^(z/s^2).
static double replace_point(double loss, double q, double sigma) {
    double variance = sigma * sigma;
    if (q == 1) return loss * variance / 2;
    // The loss is odd in z.
    double size = fabs(loss);
    double log_c = log(q) - 0.5 / variance;
    double b = (1 - q) * expm1(size);
    double point;
    if (size > 300) {
        point = variance * (size + log1p(-q) - log_c);
    } else {
        // q c t^2 - b t - e^size q c = 0
        double root = sqrt(b * b + 4 * exp(size + 2 * log_c));
        point = variance * (log((b + root) / 2) - log_c);
    }
    return loss < 0 ? -point : point;
}

// Mass of a Laplace distribution with scale b, around 0, in (x, y].
static double laplace_mass(double x, double y, double b) {
    if (!(y > x)) return 0;
    if (x >= 0) return 0.5 * (exp(-x / b) - exp(-y / b));
    if (y <= 0) return 0.5 * (exp(y / b) - exp(x / b));
    return 1 - 0.5 * exp(x / b) - 0.5 * exp(-y / b);
}

static void interval_masses(
    consilium_noise_pair pair, double q, double noise, double low, double high, double *p, double *r) {
    switch (pair) {
        case consilium_noise_pair_remove:
        case consilium_noise_pair_add: {
            int mirrored = pair == consilium_noise_pair_add;
            double a = gaussian_point(mirrored ? -high : low, q, noise);
            double b = gaussian_point(mirrored ? -low : high, q, noise);
            double without = normal_mass(a / noise, b / noise);
            double with = (1 - q) * without + q * normal_mass((a - 1) / noise, (b - 1) / noise);
            *p = mirrored ? without : with;
            *r = mirrored ? with : without;
            return;
        }
        case consilium_noise_pair_replace: {
            double a = replace_point(low, q, noise) / noise;
            double b = replace_point(high, q, noise) / noise;
            double shift = 1 / noise;
            double middle = (1 - q) * normal_mass(a, b);
            *p = middle + q * normal_mass(a - shift, b - shift);
            *r = middle + q * normal_mass(a + shift, b + shift);
            return;
        }
        case consilium_noise_pair_laplace: {
            // The loss at x is (|x-1| - |x|) / b: 1/b left of 0, -1/b right of 1, falling between.
            double edge = 1 / noise;
            double x = high >= edge ? -INFINITY : (1 - high * noise) / 2;
            double y = low < -edge ? INFINITY : (1 - low * noise) / 2;
            if (low >= edge || high < -edge) {
                *p = *r = 0;
                return;
            }
            *p = laplace_mass(x, y, noise);
            *r = laplace_mass(x - 1, y - 1, noise);
            return;
        }
    }
}

// Puts the masses p and r of the losses in (low, low + step] on the ends of the cell.
static void add_cell(double *masses, double p, double r, double low, double share, int upper) {
    if (!(p > 0)) return;
    if (!upper) {
        masses[0] += p;
        return;
    }
    // Connect the dots (Doroshenko et al. 2022): mass at both ends such that both distributions keep their mass.
    double high_end = (p - r * exp(low)) / share;
    if (high_end < 0) high_end = 0;
    // Also when it is not a number: the upper end is the safe one.
    if (!(high_end <= p)) high_end = p;
    masses[0] += p - high_end;
    masses[1] += high_end;
}

void consilium_noise_pld_cells(
    consilium_noise_pair pair, double q, double noise, double step, int64_t first, size_t count, int upper,
    double *masses) {
    for (size_t i = 0; i <= count; i++) masses[i] = 0;
    double share = -expm1(-step);
    for (size_t i = 0; i < count; i++) {
        double low = (double)(first + (int64_t)i) * step;
        double p, r;
        interval_masses(pair, q, noise, low, low + step, &p, &r);
        add_cell(masses + i, p, r, low, share, upper);
    }
}

void consilium_noise_pld_lattice_cells(
    consilium_noise_pair pair, double q, double sigma, int64_t sensitivity, double reach, double step, int64_t first,
    size_t count, int upper, double *masses) {
    for (size_t i = 0; i <= count; i++) masses[i] = 0;
    double share = -expm1(-step);
    double scale = 0.5 / (sigma * sigma);
    int64_t far = (int64_t)ceil(sigma * reach) + 1;
    double total = 1;
    for (int64_t x = far; x > 0; x--) total += 2 * exp(-(double)x * (double)x * scale);
    int mirrored = pair == consilium_noise_pair_add;
    double p = 0, r = 0;
    size_t cell = 0;
    // The loss grows with x (falls, mirrored), so the integers of one cell come one after the other.
    for (int64_t n = -far; n <= far + sensitivity; n++) {
        int64_t x = mirrored ? sensitivity - n : n;
        double shifted = (double)(x - sensitivity);
        double without = exp(-(double)x * (double)x * scale) / total;
        double with = (1 - q) * without + q * exp(-shifted * shifted * scale) / total;
        double exponent = (double)sensitivity * (2 * (double)x - (double)sensitivity) * scale;
        double loss = exponent > 30 ? exponent + log(q + (1 - q) * exp(-exponent)) : log1p(q * expm1(exponent));
        if (mirrored) loss = -loss;
        // Rounding may put a loss that lies on the grid a hair above it; it belongs to the cell below.
        double place = ceil(loss / step - 1e-9) - 1 - (double)first;
        size_t own = place < 0 ? 0 : place >= (double)count ? count - 1 : (size_t)place;
        if (own != cell) {
            add_cell(masses + cell, p, r, (double)(first + (int64_t)cell) * step, share, upper);
            p = r = 0;
            cell = own;
        }
        p += mirrored ? without : with;
        r += mirrored ? with : without;
    }
    add_cell(masses + cell, p, r, (double)(first + (int64_t)cell) * step, share, upper);
}

double consilium_noise_pld_log_moment(
    const double *masses, size_t count, int64_t first, double step, double tilt) {
    // The exponent is largest at one end; the sum is taken relative to its largest term.
    double largest = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (!(masses[i] > 0)) continue;
        double term = log(masses[i]) + tilt * (double)(first + (int64_t)i) * step;
        if (term > largest) largest = term;
    }
    if (isinf(largest)) return -INFINITY;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(masses[i] > 0)) continue;
        sum += exp(log(masses[i]) + tilt * (double)(first + (int64_t)i) * step - largest);
    }
    return largest + log(sum);
}

void consilium_noise_pld_fold(
    const double *masses, size_t count, int64_t first, double step, double tilt, double log_moment, double *spectrum,
    size_t size) {
    for (size_t i = 0; i < 2 * size; i++) spectrum[i] = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(masses[i] > 0)) continue;
        int64_t index = first + (int64_t)i;
        double value = exp(log(masses[i]) + tilt * (double)index * step - log_moment);
        // `size` is a power of two, so the mask is the remainder, for negative indices too.
        spectrum[2 * ((size_t)index & (size - 1))] += value;
    }
}

void consilium_noise_fft(double *values, size_t size, int inverse) {
    for (size_t i = 1, j = 0; i < size; i++) {
        size_t bit = size >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) {
            double re = values[2 * i], im = values[2 * i + 1];
            values[2 * i] = values[2 * j];
            values[2 * i + 1] = values[2 * j + 1];
            values[2 * j] = re;
            values[2 * j + 1] = im;
        }
    }
    for (size_t length = 2; length <= size; length <<= 1) {
        double angle = (inverse ? 2 : -2) * M_PI / (double)length;
        size_t half = length / 2;
        // Twiddles by rotation, set afresh every 32 so that no error builds up.
        double cos_step = cos(angle), sin_step = sin(angle);
        for (size_t start = 0; start < half; start += 32) {
            size_t end = start + 32 < half ? start + 32 : half;
            double w_re[32], w_im[32];
            w_re[0] = cos(angle * (double)start);
            w_im[0] = sin(angle * (double)start);
            for (size_t k = start + 1; k < end; k++) {
                size_t t = k - start;
                w_re[t] = w_re[t - 1] * cos_step - w_im[t - 1] * sin_step;
                w_im[t] = w_re[t - 1] * sin_step + w_im[t - 1] * cos_step;
            }
            for (size_t block = 0; block < size; block += length) {
                for (size_t k = start; k < end; k++) {
                    double *a = values + 2 * (block + k);
                    double *b = a + 2 * half;
                    double re = b[0] * w_re[k - start] - b[1] * w_im[k - start];
                    double im = b[0] * w_im[k - start] + b[1] * w_re[k - start];
                    b[0] = a[0] - re;
                    b[1] = a[1] - im;
                    a[0] += re;
                    a[1] += im;
                }
            }
        }
    }
}

void consilium_noise_spectrum_multiply_power(double *product, const double *spectrum, size_t size, double steps) {
    for (size_t i = 0; i < size; i++) {
        double re = spectrum[2 * i], im = spectrum[2 * i + 1];
        double magnitude = hypot(re, im);
        double power = magnitude > 0 ? exp(steps * log(magnitude)) : 0;
        double angle = remainder(steps * atan2(im, re), 2 * M_PI);
        double p_re = power * cos(angle), p_im = power * sin(angle);
        double old = product[2 * i];
        product[2 * i] = old * p_re - product[2 * i + 1] * p_im;
        product[2 * i + 1] = old * p_im + product[2 * i + 1] * p_re;
    }
}

double consilium_noise_pld_epsilon(
    const double *composed, size_t size, int64_t first, double step, double tilt, double log_moment,
    double infinity_mass, double delta) {
    if (infinity_mass > delta) return INFINITY;
    // From the largest loss down: delta(e) = sum over losses x > e of p (1 - exp(e - x)), plus the mass at infinity.
    double total = infinity_mass;
    double discounted = 0;
    for (size_t n = size; n > 0; n--) {
        int64_t index = first + (int64_t)n - 1;
        double loss = (double)index * step;
        double value = composed[2 * ((size_t)index & (size - 1))] / (double)size;
        if (total - exp(loss) * discounted > delta) return fmax(0, log((total - delta) / discounted));
        if (loss < 0) return 0;
        if (!(value > 0)) continue;
        double mass = exp(log(value) - tilt * loss + log_moment);
        total += mass;
        discounted += mass * exp(-loss);
    }
    return fmax(0, (double)first * step);
}

double consilium_noise_pld_delta(
    const double *composed, size_t size, int64_t first, double step, double tilt, double log_moment,
    double infinity_mass, double epsilon) {
    double sum = infinity_mass;
    for (size_t n = size; n > 0; n--) {
        int64_t index = first + (int64_t)n - 1;
        double loss = (double)index * step;
        if (loss <= epsilon) break;
        double value = composed[2 * ((size_t)index & (size - 1))] / (double)size;
        if (value > 0) sum += exp(log(value) - tilt * loss + log_moment) * -expm1(epsilon - loss);
    }
    return sum;
}
