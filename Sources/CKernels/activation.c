#include "include/transformer_kernels.h"
#include "platform.h"

INLINE void silu_gate(float *y, const float *gate, const float *up) {
    const v8 g = LOAD8(gate);
    v8 e = -g;
    exp8(&e);
    STORE8(y, g / (1.0f + e) * LOAD8(up));
}

KERNEL void consilium_swiglu_forward(float *restrict y, const float *restrict gate_up, ptrdiff_t tokens,
                                     ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *gate = gate_up + t * 2 * width, *up = gate + width;
        float *out = y + t * width;
        ptrdiff_t i = 0;
        for (; i + 8 <= width; i += 8) silu_gate(out + i, gate + i, up + i);
        if (i < width) {
            float g[8] = {0}, u[8] = {0}, o[8];
            memcpy(g, gate + i, (size_t)(width - i) * sizeof(float));
            memcpy(u, up + i, (size_t)(width - i) * sizeof(float));
            silu_gate(o, g, u);
            memcpy(out + i, o, (size_t)(width - i) * sizeof(float));
        }
    }
}

// d up = dy * silu(g);  d gate = dy * up * s * (1 + g * (1 - s)),  s = sigmoid(g).
INLINE void silu_gate_backward(float *d_gate, float *d_up, const float *dy, const float *gate, const float *up) {
    const v8 g = LOAD8(gate), d = LOAD8(dy);
    v8 e = -g;
    exp8(&e);
    const v8 s = 1.0f / (1.0f + e);
    STORE8(d_up, d * g * s);
    STORE8(d_gate, d * LOAD8(up) * s * (1.0f + g * (1.0f - s)));
}

KERNEL void consilium_swiglu_backward(float *restrict d_gate_up, const float *restrict dy,
                                      const float *restrict gate_up, ptrdiff_t tokens, ptrdiff_t width) {
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *gate = gate_up + t * 2 * width, *up = gate + width, *d = dy + t * width;
        float *d_gate = d_gate_up + t * 2 * width, *d_up = d_gate + width;
        ptrdiff_t i = 0;
        for (; i + 8 <= width; i += 8) silu_gate_backward(d_gate + i, d_up + i, d + i, gate + i, up + i);
        if (i < width) {
            const size_t bytes = (size_t)(width - i) * sizeof(float);
            float g[8] = {0}, u[8] = {0}, o[8] = {0}, dg[8], du[8];
            memcpy(g, gate + i, bytes);
            memcpy(u, up + i, bytes);
            memcpy(o, d + i, bytes);
            silu_gate_backward(dg, du, o, g, u);
            memcpy(d_gate + i, dg, bytes);
            memcpy(d_up + i, du, bytes);
        }
    }
}
