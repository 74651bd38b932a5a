#ifndef CONSILIUM_SMALL_PRODUCT_H
#define CONSILIUM_SMALL_PRODUCT_H

#include "../platform.h"

/// c[m,n] = (or +=) sum_k a[m,k] b[k,n] for the small tiles of attention, where a call of BLAS costs more than the work.
/// Element a[m,k] lies at a[m * a_row + k * a_column], so that a transposed `a` needs no copy; rows of b and c are dense.
INLINE void small_product(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t a_row, ptrdiff_t a_column,
                          const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row, int accumulate) {
    ptrdiff_t i = 0;
    for (; i + 4 <= m; i += 4) {
        const float *a0 = a + i * a_row, *a1 = a0 + a_row, *a2 = a1 + a_row, *a3 = a2 + a_row;
        float *c0 = c + i * c_row, *c1 = c0 + c_row, *c2 = c1 + c_row, *c3 = c2 + c_row;
        ptrdiff_t j = 0;
        for (; j + 16 <= n; j += 16) {
            v8 s00 = {0}, s01 = {0}, s10 = {0}, s11 = {0}, s20 = {0}, s21 = {0}, s30 = {0}, s31 = {0};
            for (ptrdiff_t p = 0; p < k; p++) {
                const v8 b0 = LOAD8(b + p * b_row + j), b1 = LOAD8(b + p * b_row + j + 8);
                const float x0 = a0[p * a_column], x1 = a1[p * a_column], x2 = a2[p * a_column], x3 = a3[p * a_column];
                s00 += b0 * x0;
                s01 += b1 * x0;
                s10 += b0 * x1;
                s11 += b1 * x1;
                s20 += b0 * x2;
                s21 += b1 * x2;
                s30 += b0 * x3;
                s31 += b1 * x3;
            }
            if (accumulate) {
                s00 += LOAD8(c0 + j);
                s01 += LOAD8(c0 + j + 8);
                s10 += LOAD8(c1 + j);
                s11 += LOAD8(c1 + j + 8);
                s20 += LOAD8(c2 + j);
                s21 += LOAD8(c2 + j + 8);
                s30 += LOAD8(c3 + j);
                s31 += LOAD8(c3 + j + 8);
            }
            STORE8(c0 + j, s00);
            STORE8(c0 + j + 8, s01);
            STORE8(c1 + j, s10);
            STORE8(c1 + j + 8, s11);
            STORE8(c2 + j, s20);
            STORE8(c2 + j + 8, s21);
            STORE8(c3 + j, s30);
            STORE8(c3 + j + 8, s31);
        }
        for (; j + 8 <= n; j += 8) {
            v8 s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
            for (ptrdiff_t p = 0; p < k; p++) {
                const v8 b0 = LOAD8(b + p * b_row + j);
                s0 += b0 * a0[p * a_column];
                s1 += b0 * a1[p * a_column];
                s2 += b0 * a2[p * a_column];
                s3 += b0 * a3[p * a_column];
            }
            if (accumulate) {
                s0 += LOAD8(c0 + j);
                s1 += LOAD8(c1 + j);
                s2 += LOAD8(c2 + j);
                s3 += LOAD8(c3 + j);
            }
            STORE8(c0 + j, s0);
            STORE8(c1 + j, s1);
            STORE8(c2 + j, s2);
            STORE8(c3 + j, s3);
        }
        for (; j < n; j++) {
            float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            for (ptrdiff_t p = 0; p < k; p++) {
                const float x = b[p * b_row + j];
                s0 += x * a0[p * a_column];
                s1 += x * a1[p * a_column];
                s2 += x * a2[p * a_column];
                s3 += x * a3[p * a_column];
            }
            c0[j] = accumulate ? c0[j] + s0 : s0;
            c1[j] = accumulate ? c1[j] + s1 : s1;
            c2[j] = accumulate ? c2[j] + s2 : s2;
            c3[j] = accumulate ? c3[j] + s3 : s3;
        }
    }
    for (; i < m; i++) {
        const float *a0 = a + i * a_row;
        float *c0 = c + i * c_row;
        ptrdiff_t j = 0;
        for (; j + 8 <= n; j += 8) {
            v8 s = {0};
            for (ptrdiff_t p = 0; p < k; p++) s += LOAD8(b + p * b_row + j) * a0[p * a_column];
            if (accumulate) s += LOAD8(c0 + j);
            STORE8(c0 + j, s);
        }
        for (; j < n; j++) {
            float s = 0;
            for (ptrdiff_t p = 0; p < k; p++) s += b[p * b_row + j] * a0[p * a_column];
            c0[j] = accumulate ? c0[j] + s : s;
        }
    }
}

#endif
