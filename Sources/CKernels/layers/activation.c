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

/// n <= 8 elements each.
INLINE void gated_forward8(int kind, float *y, const float *gate, const float *up, ptrdiff_t n) {
    v8 g, u, f;
    load_some(&g, gate, n);
    load_some(&u, up, n);
    activate8(kind, &g, &f, 0);
    f *= u;
    store_some(y, &f, n);
}

// d up = dy f(g);  d gate = dy up f'(g).
INLINE void gated_backward8(int kind, float *d_gate, float *d_up, const float *dy, const float *gate, const float *up,
                            ptrdiff_t n) {
    v8 g, u, v, f, slope;
    load_some(&g, gate, n);
    load_some(&u, up, n);
    load_some(&v, dy, n);
    activate8(kind, &g, &f, &slope);
    f *= v;
    slope *= v * u;
    store_some(d_up, &f, n);
    store_some(d_gate, &slope, n);
}

INLINE void activation_forward8(int kind, float *y, const float *x, ptrdiff_t n) {
    v8 v, f;
    load_some(&v, x, n);
    activate8(kind, &v, &f, 0);
    store_some(y, &f, n);
}

INLINE void activation_backward8(int kind, float *dx, const float *dy, const float *x, ptrdiff_t n) {
    v8 v, d, f, slope;
    load_some(&v, x, n);
    load_some(&d, dy, n);
    activate8(kind, &v, &f, &slope);
    slope *= d;
    store_some(dx, &slope, n);
}

INLINE void gated_forward(int kind, float *y, const float *gate_up, ptrdiff_t tokens, ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++, y += width, gate_up += 2 * width) {
        ptrdiff_t i = 0;
        for (; i + 8 <= width; i += 8) gated_forward8(kind, y + i, gate_up + i, gate_up + width + i, 8);
        if (i < width) gated_forward8(kind, y + i, gate_up + i, gate_up + width + i, width - i);
    }
}

INLINE void gated_backward(int kind, float *d_gate_up, const float *dy, const float *gate_up, ptrdiff_t tokens,
                           ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++, d_gate_up += 2 * width, dy += width, gate_up += 2 * width) {
        float *d_up = d_gate_up + width;
        const float *up = gate_up + width;
        ptrdiff_t i = 0;
        for (; i + 8 <= width; i += 8)
            gated_backward8(kind, d_gate_up + i, d_up + i, dy + i, gate_up + i, up + i, 8);
        if (i < width) gated_backward8(kind, d_gate_up + i, d_up + i, dy + i, gate_up + i, up + i, width - i);
    }
}

INLINE void activation_forward(int kind, float *y, const float *x, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8) activation_forward8(kind, y + i, x + i, 8);
    if (i < count) activation_forward8(kind, y + i, x + i, count - i);
}

INLINE void activation_backward(int kind, float *dx, const float *dy, const float *x, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8) activation_backward8(kind, dx + i, dy + i, x + i, 8);
    if (i < count) activation_backward8(kind, dx + i, dy + i, x + i, count - i);
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
