#ifndef CONSILIUM_RING_H
#define CONSILIUM_RING_H

#include <stddef.h>
#include <stdint.h>

// Sums modulo 2^32 of words that lie in memory as four bytes, little-endian, at any address.

/// sum[i] += words[i]
void consilium_ring_add(uint32_t *sum, const void *words, size_t count);

/// sum[i] -= words[i]
void consilium_ring_subtract(uint32_t *sum, const void *words, size_t count);

/// words[i] = values[i] × scale, rounded to the nearest whole number and of two equally near ones to the even one, as a two's
/// complement. Products beyond ±2^30 become that; no value may be NaN.
void consilium_ring_encode(void *words, const float *values, size_t count, double scale);

// Shamir's sharing over GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1, byte by byte. Time depends on the points,
// which are public, and never on secrets, coefficients or shares.

/// The share at point `x` of secrets of `length` bytes: `coefficients` is [threshold, length], the first row the secret.
void consilium_shares_evaluate(
    const uint8_t *coefficients, size_t threshold, size_t length, uint8_t x, uint8_t *share);

/// The polynomial of least degree through `shares`, [count, length] at distinct `points`, evaluated at `x`: 0 gives the
/// secret.
void consilium_shares_interpolate(
    const uint8_t *shares, const uint8_t *points, size_t count, size_t length, uint8_t x, uint8_t *value);

#endif
