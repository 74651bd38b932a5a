// Eight numbers in one or two instructions.
#pragma once
#include "device.h"

/// Eight floats from an address that is a multiple of 16.
DEVICE void load_eight(float (&y)[8], const float *x) {
    const Four low = *(const Four *)x, high = *(const Four *)(x + 4);
    UNROLL for (int i = 0; i < 4; i++) {
        y[i] = bits_to_float(low.word[i]);
        y[i + 4] = bits_to_float(high.word[i]);
    }
}

/// To an address that is a multiple of 16.
DEVICE void store_eight(float *y, const float (&x)[8]) {
    Four low, high;
    UNROLL for (int i = 0; i < 4; i++) {
        low.word[i] = float_to_bits(x[i]);
        high.word[i] = float_to_bits(x[i + 4]);
    }
    *(Four *)y = low;
    *(Four *)(y + 4) = high;
}

DEVICE void store_eight(bf16 *y, const float (&x)[8]) {
    Four four;
    UNROLL for (int i = 0; i < 4; i++) four.word[i] = pack_bf16(x[2 * i], x[2 * i + 1]);
    *(Four *)y = four;
}

/// Eight bf16 numbers from an address that is a multiple of 16.
DEVICE void load_eight(float (&y)[8], const bf16 *x) {
    const Four four = *(const Four *)x;
    UNROLL for (int i = 0; i < 8; i++) y[i] = from_bf16((bf16)(four.word[i / 2] >> i % 2 * 16));
}

/// One number in either format. Arithmetic is always in float32.
DEVICE float load_number(const float *x) { return *x; }
DEVICE float load_number(const bf16 *x) { return from_bf16(*x); }
DEVICE void store_number(float *y, float value) { *y = value; }
DEVICE void store_number(bf16 *y, float value) { *y = to_bf16(value); }

/// Whether rows of `width` numbers, `stride` apart, can be taken eight at a time.
DEVICE bool by_eight(const void *p, i64 stride, i64 width) { return (stride | width) % 8 == 0 && is_aligned(p, 16); }
