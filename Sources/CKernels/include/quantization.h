#ifndef CONSILIUM_QUANTIZATION_H
#define CONSILIUM_QUANTIZATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// From float32 to the formats in which frozen weights are kept; frozen_kernels.h has the way back. `x` and `y` never
// overlap; what is not a float may be unaligned, as in a mapped foreign file.

// MARK: NF4 (Dettmers et al. 2023), blocks of 64 elements, two elements a byte, the even one in the high half

/// Packs `count` elements, a multiple of 64: y [count/2], absmax [count/64]. The nearest of the 16 ascending values of
/// `codebook`; halfway takes the lower one. As bitsandbytes does it, x is multiplied by the rounded 1/absmax.
void consilium_nf4_quantize(uint8_t *y, float *absmax, const float *x, const float *codebook, ptrdiff_t count);

/// Double quantization: y[i] = map[codes[i]] * absmax[i/block] + offset, each operation rounded.
void consilium_nf4_nested_scales(float *y, const uint8_t *codes, const float *map, const float *absmax, float offset,
                                 ptrdiff_t block, ptrdiff_t count);

// MARK: One signed byte an element, one scale a row (Dettmers et al. 2022)

/// y = round(x * 127 / max|row|); scales [rows] = max|row| / 127.
void consilium_int8_quantize(int8_t *y, float *scales, const float *x, ptrdiff_t rows, ptrdiff_t columns);

// MARK: Blocks of 32 elements, one float16 scale and one signed byte an element: Q8_0 of ggml

/// Packs `blocks` * 32 elements into `blocks` * 34 bytes: the scale max|block| / 127, rounded to float16, then the elements
/// divided by the unrounded scale and rounded, halves away from zero.
/// Returns false if a scale is not finite in float16.
bool consilium_q8_0_quantize(void *y, const float *x, ptrdiff_t blocks);

// MARK: Sixteen bits

/// Round to nearest even; beyond 65,519 becomes infinity; a NaN stays a NaN.
void consilium_round_to_float16(void *y, const float *x, ptrdiff_t count);

// MARK: Checking and rearranging

/// Whether no element is NaN or infinite.
bool consilium_finite_float32(const void *x, ptrdiff_t count);
bool consilium_finite_float16(const void *x, ptrdiff_t count);
bool consilium_finite_bfloat16(const void *x, ptrdiff_t count);

/// y[columns,rows] = x[rows,columns] transposed.
void consilium_transpose(float *y, ptrdiff_t y_stride, const float *x, ptrdiff_t x_stride, ptrdiff_t rows,
                         ptrdiff_t columns);

/// Uniform numbers in [-bound, bound) that depend on nothing but `key` and their index, which counts from `first`: good
/// enough for the weights of a model that measures speed, not for anything that needs statistical quality.
void consilium_uniform(float *y, uint64_t key, uint64_t first, float bound, ptrdiff_t count);

#endif
