#include "../unpack.h"
#include "product_kernels.h"

typedef int8_t s8x8 __attribute__((vector_size(8)));
typedef int16_t s16x8 __attribute__((vector_size(16)));
typedef s8x8 s8x8_memory __attribute__((aligned(1), may_alias));
typedef s16x8 s16x8_memory __attribute__((aligned(1), may_alias));
typedef v8 v8_bytes __attribute__((aligned(1), may_alias));

enum { DECODE_ROWS = 4, DECODE_TOKENS = 4, AHEAD = 2048 };

/// Eight weights from the element `i` of a row; int8 without its scale.
INLINE void load_weights(v8 *y, int format, const char *row, ptrdiff_t i) {
    switch (format) {
    case CONSILIUM_FLOAT32: *y = *(const v8_bytes *)(row + i * 4); break;
    case CONSILIUM_BFLOAT16: {
        const v8i bits = __builtin_convertvector(*(const s16x8_memory *)(row + i * 2), v8i) << 16;
        *y = (v8)bits;
        break;
    }
    case CONSILIUM_FLOAT16: {
        // Sign and magnitude move together; see float16_to_float for the rest.
        const v8i halves = __builtin_convertvector(*(const s16x8_memory *)(row + i * 2), v8i);
        const v8i moved = (halves << 13) & ((v8i){0} + (int32_t)0x8fffe000u);
        const v8i special = (v8i)((moved & 0x0f800000) == 0x0f800000) & 0x7f800000;
        *y = (v8)((v8i)((v8)moved * bits_to_float(0x77800000u)) | special);
        break;
    }
    default: *y = __builtin_convertvector(__builtin_convertvector(*(const s8x8_memory *)(row + i), v8i), v8);
    }
}

/// c[t,r] (+)= alpha * scale[r] * x[t]·w[r] for `rows` rows of w and `tokens` of x.
INLINE void decode_rows(const int format, const int rows, const int tokens, float *c, ptrdiff_t c_stride,
                        const float *x, ptrdiff_t x_stride, const char *w, ptrdiff_t size, ptrdiff_t count,
                        const float *scales, float alpha, int accumulate) {
    v8 s[DECODE_ROWS][DECODE_TOKENS];
    UNROLL for (int r = 0; r < DECODE_ROWS; r++) UNROLL for (int t = 0; t < DECODE_TOKENS; t++) s[r][t] = (v8){0};
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8) {
        // The rows lie one behind the other; short ones are over before the processor has seen that they are read in
        // order.
        __builtin_prefetch(w + i * rows * size + AHEAD);
        v8 y[DECODE_TOKENS];
        UNROLL for (int t = 0; t < DECODE_TOKENS; t++) if (t < tokens) y[t] = LOAD8(x + t * x_stride + i);
        UNROLL for (int r = 0; r < DECODE_ROWS; r++) if (r < rows) {
            v8 weights;
            load_weights(&weights, format, w + r * count * size, i);
            UNROLL for (int t = 0; t < DECODE_TOKENS; t++) if (t < tokens) s[r][t] += weights * y[t];
        }
    }
    UNROLL for (int r = 0; r < DECODE_ROWS; r++) if (r < rows) {
        float sums[DECODE_TOKENS];
        UNROLL for (int t = 0; t < DECODE_TOKENS; t++) if (t < tokens) sums[t] = sum8(&s[r][t]);
        if (i < count) {
            char rest[32] = {0};
            v8 weights;
            memcpy(rest, w + (r * count + i) * size, (size_t)((count - i) * size));
            load_weights(&weights, format, rest, 0);
            for (int t = 0; t < tokens; t++)
                for (ptrdiff_t j = i; j < count; j++) sums[t] += weights[j - i] * x[t * x_stride + j];
        }
        UNROLL for (int t = 0; t < DECODE_TOKENS; t++) if (t < tokens) {
            float *to = c + t * c_stride + r;
            *to = (scales ? alpha * scales[r] : alpha) * sums[t] + (accumulate ? *to : 0);
        }
    }
}

INLINE void decode_tokens(const int format, const int rows, int tokens, float *c, ptrdiff_t c_stride, const float *x,
                          ptrdiff_t x_stride, const char *w, ptrdiff_t size, ptrdiff_t count, const float *scales,
                          float alpha, int accumulate) {
    switch (tokens) {
    case 1: decode_rows(format, rows, 1, c, c_stride, x, x_stride, w, size, count, scales, alpha, accumulate); break;
    case 2: decode_rows(format, rows, 2, c, c_stride, x, x_stride, w, size, count, scales, alpha, accumulate); break;
    case 3: decode_rows(format, rows, 3, c, c_stride, x, x_stride, w, size, count, scales, alpha, accumulate); break;
    default: decode_rows(format, rows, 4, c, c_stride, x, x_stride, w, size, count, scales, alpha, accumulate);
    }
}

INLINE void decode(const int format, const ptrdiff_t size, const consilium_product *product, consilium_part part) {
    const ptrdiff_t row_bytes = product->k * size;
    const int tokens = (int)product->m;
    const float *scales = format == CONSILIUM_INT8 ? product->w->scales : 0;
    // More sums than these would not fit the registers.
    const ptrdiff_t most = tokens <= 2 ? DECODE_ROWS : 2;
    for (ptrdiff_t r = part.first_column; r < part.last_column;) {
        const ptrdiff_t rows = part.last_column - r >= most ? most : 1;
        const char *w = (const char *)product->w->data + r * row_bytes;
        const float *scale = scales ? scales + r : 0;
        if (rows == DECODE_ROWS)
            decode_tokens(format, DECODE_ROWS, tokens, product->c + r, product->c_stride, product->a,
                          product->a_stride, w, size, product->k, scale, product->alpha, product->accumulate);
        else if (rows == 2)
            decode_tokens(format, 2, tokens, product->c + r, product->c_stride, product->a, product->a_stride, w,
                          size, product->k, scale, product->alpha, product->accumulate);
        else
            decode_tokens(format, 1, tokens, product->c + r, product->c_stride, product->a, product->a_stride, w,
                          size, product->k, scale, product->alpha, product->accumulate);
        r += rows;
    }
}

KERNEL void consilium_multiply_decode(const consilium_product *product, consilium_part part) {
    switch (product->w->format) {
    case CONSILIUM_FLOAT32: decode(CONSILIUM_FLOAT32, 4, product, part); break;
    case CONSILIUM_FLOAT16: decode(CONSILIUM_FLOAT16, 2, product, part); break;
    case CONSILIUM_BFLOAT16: decode(CONSILIUM_BFLOAT16, 2, product, part); break;
    default: decode(CONSILIUM_INT8, 1, product, part);
    }
}
