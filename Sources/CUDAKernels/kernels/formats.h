// Weights that are kept in a smaller number format than they are computed with: one element of each as a float.
#pragma once
#include "device.h"
#include "vectors.h"

constexpr int ROUND_NONE = 0, ROUND_BFLOAT16 = 1, ROUND_FLOAT16 = 2;

/// IEEE 754 binary16. Multiplying by 2^112 moves the bias and makes subnormal numbers right at once.
DEVICE float from_float16(unsigned short half) {
    const u32 moved = ((u32)(half & 0x7fff)) << 13;
    const u32 special = moved >= 0x0f800000u ? 0x7f800000u : 0;
    const float magnitude = bits_to_float(moved) * bits_to_float(0x77800000u);
    return bits_to_float(float_to_bits(magnitude) | special | (u32)(half & 0x8000) << 16);
}

/// To the nearest number of binary16, ties to even. Below 2^-14 these are multiples of 2^-24, the distance of floats between
/// 0.5 and 1.
DEVICE float rounded_to_float16(float x) {
    const u32 bits = float_to_bits(x), magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) return x;
    float y = magnitude < 0x38800000u ? (bits_to_float(magnitude) + 0.5f) - 0.5f
                                      : bits_to_float((magnitude + 0xfffu + ((magnitude >> 13) & 1u)) & ~0x1fffu);
    if (y > 65504.0f) y = bits_to_float(0x7f800000u);
    return bits_to_float(float_to_bits(y) | (bits & 0x80000000u));
}

DEVICE float rounded(float x, int rounding) {
    if (rounding == ROUND_BFLOAT16) return from_bf16(to_bf16(x));
    if (rounding == ROUND_FLOAT16) return rounded_to_float16(x);
    return x;
}

/// A matrix [rows, columns] in a format. `at` gives the element at `flat` = row · columns + column.
template <typename Format> struct Frozen {
    const void *data;
    const float *scales;
    const float *codebook;
    int rounding;

    DEVICE_MEMBER float at(i64 row, i64 flat) const { return Format::at(*this, row, flat); }
    /// Eight elements of a row from `flat`, a multiple of 8; `data` is aligned to 16 bytes.
    DEVICE_MEMBER void eight(float (&y)[8], i64 row, i64 flat) const { Format::eight(*this, y, row, flat); }
};

struct Float32Format {
    template <typename Matrix> DEVICE_MEMBER static float at(const Matrix &w, i64, i64 flat) {
        return ((const float *)w.data)[flat];
    }
    template <typename Matrix> DEVICE_MEMBER static void eight(const Matrix &w, float (&y)[8], i64, i64 flat) {
        load_eight(y, (const float *)w.data + flat);
    }
};

struct Float16Format {
    template <typename Matrix> DEVICE_MEMBER static float at(const Matrix &w, i64, i64 flat) {
        return from_float16(((const unsigned short *)w.data)[flat]);
    }
    template <typename Matrix> DEVICE_MEMBER static void eight(const Matrix &w, float (&y)[8], i64, i64 flat) {
        const Four four = *(const Four *)((const unsigned short *)w.data + flat);
        UNROLL for (int i = 0; i < 8; i++) y[i] = from_float16((unsigned short)(four.word[i / 2] >> i % 2 * 16));
    }
};

struct BFloat16Format {
    template <typename Matrix> DEVICE_MEMBER static float at(const Matrix &w, i64, i64 flat) {
        return from_bf16(((const bf16 *)w.data)[flat]);
    }
    template <typename Matrix> DEVICE_MEMBER static void eight(const Matrix &w, float (&y)[8], i64, i64 flat) {
        const Four four = *(const Four *)((const bf16 *)w.data + flat);
        UNROLL for (int i = 0; i < 8; i++) y[i] = from_bf16((bf16)(four.word[i / 2] >> i % 2 * 16));
    }
};

/// A signed byte times the scale of its row.
struct Int8Format {
    template <typename Matrix> DEVICE_MEMBER static float at(const Matrix &w, i64 row, i64 flat) {
        return rounded((float)((const signed char *)w.data)[flat] * w.scales[row], w.rounding);
    }
    template <typename Matrix> DEVICE_MEMBER static void eight(const Matrix &w, float (&y)[8], i64 row, i64 flat) {
        const Two two = *(const Two *)((const signed char *)w.data + flat);
        const float scale = w.scales[row];
        UNROLL for (int i = 0; i < 8; i++)
            y[i] = rounded((float)(signed char)(two.word[i / 4] >> i % 4 * 8) * scale, w.rounding);
    }
};

/// A value of the codebook times the scale of its 64 (Dettmers et al. 2023); the even element of a byte in its high half.
struct NF4Format {
    template <typename Matrix> DEVICE_MEMBER static float at(const Matrix &w, i64, i64 flat) {
        const unsigned char byte = ((const unsigned char *)w.data)[flat >> 1];
        const int index = flat & 1 ? byte & 15 : byte >> 4;
        return rounded(w.codebook[index] * w.scales[flat >> 6], w.rounding);
    }
    template <typename Matrix> DEVICE_MEMBER static void eight(const Matrix &w, float (&y)[8], i64, i64 flat) {
        const u32 word = *(const u32 *)((const unsigned char *)w.data + (flat >> 1));
        const float scale = w.scales[flat >> 6];
        UNROLL for (int i = 0; i < 8; i++)
            y[i] = rounded(w.codebook[word >> (i / 2 * 8 + (i % 2 ? 0 : 4)) & 15] * scale, w.rounding);
    }
};
