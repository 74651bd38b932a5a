#ifndef CONSILIUM_PRODUCT_KERNELS_H
#define CONSILIUM_PRODUCT_KERNELS_H

#include "frozen_kernels.h"

// Matrix products on one thread. Every element of the result is summed up in an order that depends on k alone:
// however a product is cut into ranges of rows and columns, the bits are the same.

/// c[m,n] = alpha * A B (+ c where `accumulate`), A [m,k], B [k,n].
typedef struct {
    ptrdiff_t m, n, k;
    float alpha;
    int32_t accumulate;
    float *c;
    ptrdiff_t c_stride;
    const float *a; // [m,k], or where `a_transposed` [k,m]
    ptrdiff_t a_stride;
    const float *b; // [k,n], or where `b_transposed` [n,k]; null: `w`
    ptrdiff_t b_stride;
    const consilium_frozen *w; // of the same shape as b
    int32_t a_transposed, b_transposed;
} consilium_product;

/// The part of a product's result that a call computes.
typedef struct {
    ptrdiff_t first_row, last_row, first_column, last_column;
} consilium_part;

/// Whether the kernels below are compiled for this processor's vector instructions.
int32_t consilium_products_are_fast(void);

/// Any shape: both operands are copied into panels (Goto & van de Geijn 2008), weights unpacked on the way.
void consilium_multiply(const consilium_product *p, consilium_part part, float *scratch);
/// Floats of scratch memory for any part of a product with at most `rows` rows.
ptrdiff_t consilium_multiply_scratch(ptrdiff_t rows);

/// A not and B transposed, and few rows on one of the two sides: dot products without copies.
void consilium_multiply_dot(const consilium_product *p, consilium_part part, float *scratch);
ptrdiff_t consilium_multiply_dot_scratch(void);

/// At most four rows of A, B a transposed frozen weight that is not nf4 and has no rounding: reads the weights once.
void consilium_multiply_decode(const consilium_product *p, consilium_part part);

/// A transposed and B not, and few rows or columns: a sum of outer products. B is not a frozen weight.
void consilium_multiply_outer(const consilium_product *p, consilium_part part, float *scratch);
ptrdiff_t consilium_multiply_outer_scratch(void);

/// How many rows "few" is.
enum { CONSILIUM_SKINNY = 24 };

#endif
