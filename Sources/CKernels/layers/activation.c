#include "../math8.h"
#include "layer_kernels.h"

/// f(x) and, where `derivative` is not null, f'(x). `kind` is a constant where this is inlined.
INLINE void activate8(int kind, const v8 *value, v8 *result, v8 *derivative) {
    const v8 x = *value;
    switch (kind) {
    case CONSILIUM_SILU: {
        v8 e = -x;
        exp8(&e);
        const v8 s = 1.0f / (1.0f + e);
        *result = x * s;
        if (derivative) *derivative = s + x * s * (1.0f - s);
        break;
    }
    case CONSILIUM_GELU: {
        v8 distribution, density;
        normal8(value, &distribution, &density);
        *result = x * distribution;
        if (derivative) *derivative = distribution + x * density;
        break;
    }
    case CONSILIUM_GELU_TANH: {
        // (1 + tanh u) / 2 = sigmoid(2u)
        const v8 z = x * x;
        v8 e = x * (z * (-2.0f * 0.79788456080286536f * 0.044715f) - 2.0f * 0.79788456080286536f);
        exp8(&e);
        const v8 s = 1.0f / (1.0f + e);
        *result = x * s;
        if (derivative) {
            const v8 slope = z * (6.0f * 0.79788456080286536f * 0.044715f) + 2.0f * 0.79788456080286536f;
            *derivative = s + x * s * (1.0f - s) * slope;
        }
        break;
    }
    case CONSILIUM_RELU: {
        const v8i positive = (v8i)(x > 0.0f), nan = (v8i)(x != x);
        *result = (v8)((v8i)x & (positive | nan));
        const v8 one = (v8){0} + 1.0f;
        if (derivative) *derivative = (v8)(((v8i)one & positive) | ((v8i)x & nan));
        break;
    }
    default: {
        v8 y = x;
        tanh8(&y);
        *result = y;
        if (derivative) *derivative = 1.0f - y * y;
    }
    }
}

INLINE void gated_forward(int kind, float *y, const float *gate_up, ptrdiff_t tokens, ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *gate = gate_up + t * 2 * width, *up = gate + width;
        float *out = y + t * width;
        for (ptrdiff_t i = 0; i < width; i += 8) {
            const ptrdiff_t n = width - i < 8 ? width - i : 8;
            v8 g, u, f;
            load_some(&g, gate + i, n);
            load_some(&u, up + i, n);
            activate8(kind, &g, &f, 0);
            f *= u;
            store_some(out + i, &f, n);
        }
    }
}

// d up = dy f(g);  d gate = dy up f'(g).
INLINE void gated_backward(int kind, float *d_gate_up, const float *dy, const float *gate_up, ptrdiff_t tokens,
                           ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *gate = gate_up + t * 2 * width, *up = gate + width, *d = dy + t * width;
        float *d_gate = d_gate_up + t * 2 * width, *d_up = d_gate + width;
        for (ptrdiff_t i = 0; i < width; i += 8) {
            const ptrdiff_t n = width - i < 8 ? width - i : 8;
            v8 g, u, v, f, slope;
            load_some(&g, gate + i, n);
            load_some(&u, up + i, n);
            load_some(&v, d + i, n);
            activate8(kind, &g, &f, &slope);
            f *= v;
            slope *= v * u;
            store_some(d_up + i, &f, n);
            store_some(d_gate + i, &slope, n);
        }
    }
}

INLINE void activation_forward(int kind, float *y, const float *x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i += 8) {
        const ptrdiff_t n = count - i < 8 ? count - i : 8;
        v8 v, f;
        load_some(&v, x + i, n);
        activate8(kind, &v, &f, 0);
        store_some(y + i, &f, n);
    }
}

INLINE void activation_backward(int kind, float *dx, const float *dy, const float *x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i += 8) {
        const ptrdiff_t n = count - i < 8 ? count - i : 8;
        v8 v, d, f, slope;
        load_some(&v, x + i, n);
        load_some(&d, dy + i, n);
        activate8(kind, &v, &f, &slope);
        slope *= d;
        store_some(dx + i, &slope, n);
    }
}

#define FOR_EACH_KIND(call)                          \
    switch (kind) {                                  \
    case CONSILIUM_SILU: call(CONSILIUM_SILU); break; \
    case CONSILIUM_GELU: call(CONSILIUM_GELU); break; \
    case CONSILIUM_GELU_TANH: call(CONSILIUM_GELU_TANH); break; \
    case CONSILIUM_RELU: call(CONSILIUM_RELU); break; \
    default: call(CONSILIUM_TANH);                   \
    }

KERNEL void consilium_gated_forward(int32_t kind, float *y, const float *gate_up, ptrdiff_t tokens, ptrdiff_t width) {
#define CALL(kind) gated_forward(kind, y, gate_up, tokens, width)
    FOR_EACH_KIND(CALL)
#undef CALL
}

KERNEL void consilium_gated_backward(int32_t kind, float *d_gate_up, const float *dy, const float *gate_up,
                                     ptrdiff_t tokens, ptrdiff_t width) {
#define CALL(kind) gated_backward(kind, d_gate_up, dy, gate_up, tokens, width)
    FOR_EACH_KIND(CALL)
#undef CALL
}

KERNEL void consilium_activation_forward(int32_t kind, float *y, const float *x, ptrdiff_t count) {
#define CALL(kind) activation_forward(kind, y, x, count)
    FOR_EACH_KIND(CALL)
#undef CALL
}

KERNEL void consilium_activation_backward(int32_t kind, float *dx, const float *dy, const float *x, ptrdiff_t count) {
#define CALL(kind) activation_backward(kind, dx, dy, x, count)
    FOR_EACH_KIND(CALL)
#undef CALL
}
