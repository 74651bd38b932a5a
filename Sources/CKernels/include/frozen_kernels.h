#ifndef CONSILIUM_FROZEN_KERNELS_H
#define CONSILIUM_FROZEN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Weights that are kept in a smaller number format than they are computed with.

enum { CONSILIUM_FLOAT32, CONSILIUM_FLOAT16, CONSILIUM_BFLOAT16, CONSILIUM_INT8, CONSILIUM_NF4 };
enum { CONSILIUM_ROUND_NONE, CONSILIUM_ROUND_BFLOAT16, CONSILIUM_ROUND_FLOAT16 };

/// A matrix [rows, columns]. int8: value = byte * scales[row]. nf4: value = codebook[nibble] * scales[flat index / 64],
/// the even element of a byte in its high half. Both are then rounded. `data` may be unaligned.
typedef struct {
    const void *data;
    const float *scales;
    const float *codebook;
    ptrdiff_t rows;
    ptrdiff_t columns;
    int32_t format;
    int32_t rounding;
} consilium_frozen;

/// y[i,j] = factor * w[first + i, j] for i < count.
void consilium_unpack_rows(float *y, ptrdiff_t stride, const consilium_frozen *w, ptrdiff_t first, ptrdiff_t count,
                           float factor);

#endif
