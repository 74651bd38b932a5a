#include "../platform.h"
#include "vector_kernels.h"

KERNEL void consilium_add_bias(float *restrict y, ptrdiff_t stride, const float *restrict bias, ptrdiff_t rows,
                               ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < rows; t++)
        for (ptrdiff_t i = 0; i < width; i++) y[t * stride + i] += bias[i];
}

KERNEL void consilium_add_column_sums(float *restrict sum, const float *restrict x, ptrdiff_t stride, ptrdiff_t rows,
                                      ptrdiff_t first, ptrdiff_t last) {
    for (ptrdiff_t t = 0; t < rows; t++)
        for (ptrdiff_t i = first; i < last; i++) sum[i] += x[t * stride + i];
}

void consilium_gather_columns(float *restrict y, const float *restrict x, ptrdiff_t stride, ptrdiff_t rows,
                              ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < rows; i++) memcpy(y + i * width, x + i * stride, (size_t)width * sizeof(float));
}

KERNEL void consilium_gather_rows(float *restrict y, const float *restrict x, const int32_t *restrict rows,
                                  const float *restrict factors, ptrdiff_t count, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const float *from = x + rows[i] * width;
        if (factors)
            for (ptrdiff_t j = 0; j < width; j++) y[i * width + j] = factors[i] * from[j];
        else
            memcpy(y + i * width, from, (size_t)width * sizeof(float));
    }
}

void consilium_scatter_rows(float *restrict y, const float *restrict x, const int32_t *restrict rows, ptrdiff_t count,
                            ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count; i++) memcpy(y + rows[i] * width, x + i * width, (size_t)width * sizeof(float));
}

KERNEL void consilium_scatter_add_rows(float *restrict y, const float *restrict x, const int32_t *restrict rows,
                                       const float *restrict factors, ptrdiff_t count, ptrdiff_t width,
                                       ptrdiff_t first, ptrdiff_t last) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const float factor = factors ? factors[i] : 1.0f, *from = x + i * width;
        float *to = y + rows[i] * width;
        for (ptrdiff_t j = first; j < last; j++) to[j] += factor * from[j];
    }
}

KERNEL void consilium_row_products(float *restrict products, const float *restrict a, const float *restrict b,
                                   const int32_t *restrict rows, ptrdiff_t count, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const float *x = a + i * width, *y = b + rows[i] * width;
        v8 sums = {0};
        ptrdiff_t j = 0;
        for (; j + 8 <= width; j += 8) sums += LOAD8(x + j) * LOAD8(y + j);
        float sum = sum8(&sums);
        for (; j < width; j++) sum += x[j] * y[j];
        products[i] = sum;
    }
}
