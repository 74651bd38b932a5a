#ifndef CONSILIUM_VECTOR_KERNELS_H
#define CONSILIUM_VECTOR_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Vectors, rows, number formats and the optimizer. Buffers must not overlap unless a function says so.

/// Sum of squares, accumulated in double precision.
double consilium_squared_norm(const float *x, ptrdiff_t count);
/// x *= factor
void consilium_scale(float *x, float factor, ptrdiff_t count);
/// y += x
void consilium_add(float *y, const float *x, ptrdiff_t count);
/// y = a + b; y may be a or b.
void consilium_sum(float *y, const float *a, const float *b, ptrdiff_t count);
/// sum += factor * x, in double precision.
void consilium_add_scaled_to_double(double *sum, const float *x, double factor, ptrdiff_t count);

/// AdamW (Loshchilov & Hutter 2019), the decay decoupled as in PyTorch. `correction1` = 1 - beta1^t and
/// `correction2` = 1 - beta2^t.
void consilium_adamw(float *parameters, const float *gradient, float *first, float *second, ptrdiff_t count,
                     float rate, float beta1, float beta2, float epsilon, float decay, float correction1,
                     float correction2);

// MARK: Rows

/// Adds `bias` [width] to each row of y [rows,width].
void consilium_add_bias(float *y, ptrdiff_t stride, const float *bias, ptrdiff_t rows, ptrdiff_t width);
/// sum[i] += sum_t x[t,i] for i in first..<last.
void consilium_add_column_sums(float *sum, const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t first,
                               ptrdiff_t last);
/// y[i] = factors[i] * x[rows[i]]; null: factors of 1.
void consilium_gather_rows(float *y, const float *x, const int32_t *rows, const float *factors, ptrdiff_t count,
                           ptrdiff_t width);
/// y[i,j] = x[i,j] for a dense y [rows, width] and rows of x that lie `stride` apart.
void consilium_gather_columns(float *y, const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t width);
/// y[rows[i]] = x[i]
void consilium_scatter_rows(float *y, const float *x, const int32_t *rows, ptrdiff_t count, ptrdiff_t width);
/// y[rows[i]] += factors[i] * x[i] for the columns first..<last of `width`, in the order of i; null: factors of 1.
void consilium_scatter_add_rows(float *y, const float *x, const int32_t *rows, const float *factors, ptrdiff_t count,
                                ptrdiff_t width, ptrdiff_t first, ptrdiff_t last);
/// products[i] = sum_j a[i,j] * b[rows[i],j]
void consilium_row_products(float *products, const float *a, const float *b, const int32_t *rows, ptrdiff_t count,
                            ptrdiff_t width);

// MARK: Number formats. The 16-bit side may be unaligned, as in a mapped foreign file.

void consilium_bfloat16_to_float(float *y, const void *x, ptrdiff_t count);
void consilium_float16_to_float(float *y, const void *x, ptrdiff_t count);
/// Round to nearest even; a NaN stays a NaN.
void consilium_float_to_bfloat16(void *y, const float *x, ptrdiff_t count);

#endif
