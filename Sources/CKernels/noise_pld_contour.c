#include "math4.h"
#include "noise.h"

#include <math.h>
#include <stdlib.h>

KERNEL static double sum_of_exponentials(
    const double *loss, const double *weight, size_t count, double exponent, double largest) {
    v4d sum = {0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        v4d term = LOAD4(weight + i) + exponent * LOAD4(loss + i) - largest;
        if (max4(&term) < -45) continue;
        exp4(&term);
        sum += term;
    }
    double rest = 0;
    for (; i < count; i++) rest += exp(weight[i] + exponent * loss[i] - largest);
    return rest + sum4(&sum);
}

double consilium_noise_pld_log_moment(const double *loss, const double *weight, size_t count, double exponent) {
    double largest = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double term = weight[i] + exponent * loss[i];
        largest = term > largest ? term : largest;
    }
    if (isinf(largest)) return largest;
    return largest + log(sum_of_exponentials(loss, weight, count, exponent, largest));
}

enum { block = consilium_noise_pld_block };

// sums[k] += sum_i state_i turn_i^k for k < block; the states move on by `block` turns. `count` is a multiple of 8.
KERNEL static void turn(
    double *state_re, double *state_im, const double *turn_re, const double *turn_im, size_t count, double *sums_re,
    double *sums_im) {
    v4d total_re[block], total_im[block];
    for (int k = 0; k < block; k++) total_re[k] = total_im[k] = (v4d){0};
    for (size_t i = 0; i < count; i += 8) {
        v4d a_re = LOAD4(state_re + i), a_im = LOAD4(state_im + i);
        v4d b_re = LOAD4(state_re + i + 4), b_im = LOAD4(state_im + i + 4);
        const v4d c_re = LOAD4(turn_re + i), c_im = LOAD4(turn_im + i);
        const v4d d_re = LOAD4(turn_re + i + 4), d_im = LOAD4(turn_im + i + 4);
        for (int k = 0; k < block; k++) {
            total_re[k] += a_re + b_re;
            total_im[k] += a_im + b_im;
            const v4d a = a_re * c_re - a_im * c_im, b = b_re * d_re - b_im * d_im;
            a_im = a_re * c_im + a_im * c_re;
            b_im = b_re * d_im + b_im * d_re;
            a_re = a;
            b_re = b;
        }
        STORE4(state_re + i, a_re);
        STORE4(state_im + i, a_im);
        STORE4(state_re + i + 4, b_re);
        STORE4(state_im + i + 4, b_im);
    }
    for (int k = 0; k < block; k++) {
        sums_re[k] = sum4(&total_re[k]);
        sums_im[k] = sum4(&total_im[k]);
    }
}

// The points of a tilted distribution around their mean, and room for the turning numbers.
typedef struct {
    size_t count;
    double *x, *mass, *state_re, *state_im, *turn_re, *turn_im, *variance;
    consilium_noise_pld_tilted tilted;
} turning;

static int allocate(turning *t, size_t count) {
    size_t room = (count + 7) & ~(size_t)7;
    t->x = calloc(7 * room, sizeof(double));
    if (!t->x) return -1;
    t->mass = t->x + room;
    t->state_re = t->mass + room;
    t->state_im = t->state_re + room;
    t->turn_re = t->state_im + room;
    t->turn_im = t->turn_re + room;
    t->variance = t->turn_im + room;
    return 0;
}

// masses[i] = exp(weight + exponent * loss - moment); a multiple of 4 of them.
KERNEL static void tilted_masses(
    const double *loss, const double *weight, size_t count, double exponent, double moment, double *masses) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        v4d term = LOAD4(weight + i) + exponent * LOAD4(loss + i) - moment;
        exp4(&term);
        STORE4(masses + i, term);
    }
    for (; i < count; i++) masses[i] = exp(weight[i] + exponent * loss[i] - moment);
}

static void tilt(
    turning *t, const double *loss, const double *weight, size_t count, double exponent, double direction, double trim) {
    double moment = consilium_noise_pld_log_moment(loss, weight, count, exponent);
    tilted_masses(loss, weight, count, exponent, moment, t->mass);
    size_t kept = 0;
    double mean = 0, dropped = 0;
    for (size_t i = 0; i < count; i++) {
        double mass = t->mass[i];
        if (!(mass >= trim)) {
            dropped += mass;
            continue;
        }
        t->x[kept] = direction * loss[i];
        t->mass[kept] = mass;
        mean += mass * t->x[kept++];
    }
    // Around the mean the angles stay small, so that a large power of them keeps its digits.
    for (size_t i = 0; i < kept; i++) t->x[i] -= mean;
    t->count = kept;
    t->tilted = (consilium_noise_pld_tilted){moment, mean, dropped};
}

KERNEL static void circle(const double *x, double frequency, size_t count, double *re, double *im) {
    for (size_t i = 0; i < count; i += 4) {
        const v4d angle = frequency * LOAD4(x + i);
        v4d c, s;
        cos_sin4(&angle, &c, &s);
        STORE4(re + i, c);
        STORE4(im + i, s);
    }
}

static void set_states(turning *t, double frequency) {
    circle(t->x, frequency, t->count, t->state_re, t->state_im);
    for (size_t i = 0; i < t->count; i++) {
        t->state_re[i] *= t->mass[i];
        t->state_im[i] *= t->mass[i];
    }
}

static void set_turns(turning *t, double frequency) {
    while (t->count & 7) {
        t->x[t->count] = 0;
        t->mass[t->count++] = 0;
    }
    circle(t->x, frequency, t->count, t->turn_re, t->turn_im);
}

static int is_alive(const double *magnitude, size_t start, size_t frequencies, double threshold) {
    for (size_t k = start; k < start + block && k < frequencies; k++) {
        if (magnitude[k] > threshold) return 1;
    }
    return 0;
}

// The sums of one block, whatever came before.
static void block_sums(turning *t, double frequency, size_t start, size_t *next, double *re, double *im) {
    // Afresh now and then, so that no error builds up.
    if (start == 0 || *next != start || start % (16 * block) == 0) set_states(t, frequency * (double)start);
    turn(t->state_re, t->state_im, t->turn_re, t->turn_im, t->count, re, im);
    *next = start + block;
}

int consilium_noise_pld_multiply_spectrum(
    const double *loss, const double *weight, size_t count, double exponent, double direction, double steps,
    double frequency, double trim, double threshold, double *magnitude, double *angle, size_t frequencies,
    consilium_noise_pld_tilted *tilted) {
    turning t;
    if (allocate(&t, count)) return -1;
    tilt(&t, loss, weight, count, exponent, direction, trim);
    set_turns(&t, frequency);
    size_t next = 0;
    for (size_t start = 0; start < frequencies; start += block) {
        if (!is_alive(magnitude, start, frequencies, threshold)) continue;
        double re[block], im[block];
        block_sums(&t, frequency, start, &next, re, im);
        for (size_t k = 0; k < block && start + k < frequencies; k++) {
            double square = re[k] * re[k] + im[k] * im[k];
            magnitude[start + k] += square > 0 ? steps * 0.5 * log(fmin(1, square)) : -INFINITY;
            angle[start + k] += remainder(steps * atan2(im[k], re[k]), 2 * M_PI);
        }
    }
    *tilted = t.tilted;
    free(t.x);
    return 0;
}

int consilium_noise_pld_bound_spectrum(
    const double *loss, const double *weight, size_t count, double exponent, double direction, double steps,
    double frequency, double threshold, double *magnitude, size_t frequencies) {
    turning t;
    if (allocate(&t, count)) return -1;
    tilt(&t, loss, weight, count, exponent, direction, 0);
    // Neighbors merge at their mean m: |E exp(iwx) - exp(iwm)| <= w^2 variance / 2, and <= 2.
    enum { group = 8 };
    size_t merged = 0;
    for (size_t start = 0; start < t.count; start += group) {
        double mass = 0, first = 0, second = 0;
        size_t end = start + group < t.count ? start + group : t.count;
        for (size_t i = start; i < end; i++) {
            mass += t.mass[i];
            first += t.mass[i] * t.x[i];
        }
        double mean = mass > 0 ? first / mass : 0;
        for (size_t i = start; i < end; i++) second += t.mass[i] * (t.x[i] - mean) * (t.x[i] - mean);
        t.variance[merged] = second;
        t.x[merged] = mean;
        t.mass[merged++] = mass;
    }
    t.count = merged;
    set_turns(&t, frequency);
    size_t next = 0;
    for (size_t start = 0; start < frequencies; start += block) {
        if (!is_alive(magnitude, start, frequencies, threshold)) continue;
        double re[block], im[block];
        block_sums(&t, frequency, start, &next, re, im);
        double omega = frequency * (double)(start + block), error = 1e-12;
        for (size_t i = 0; i < merged; i++) error += fmin(2 * t.mass[i], omega * omega * t.variance[i] / 2);
        for (size_t k = 0; k < block && start + k < frequencies; k++) {
            double bound = sqrt(re[k] * re[k] + im[k] * im[k]) + error;
            magnitude[start + k] += steps * log(fmin(1, bound));
        }
    }
    free(t.x);
    return 0;
}
