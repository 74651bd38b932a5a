#include "layer_kernels.h"
#include "../platform.h"

KERNEL void consilium_rotary(float *restrict x, ptrdiff_t stride, const float *restrict cosine,
                             const float *restrict sine, const int32_t *restrict positions, ptrdiff_t tokens,
                             ptrdiff_t heads, ptrdiff_t head_size, ptrdiff_t rotary, float direction) {
    const ptrdiff_t half = rotary / 2;
    for (ptrdiff_t t = 0; t < tokens; t++) {
        const float *c = cosine + positions[t] * half, *s = sine + positions[t] * half;
        for (ptrdiff_t h = 0; h < heads; h++) {
            float *low = x + t * stride + h * head_size, *high = low + half;
            for (ptrdiff_t j = 0; j < half; j++) {
                const float a = low[j], b = high[j], si = s[j] * direction;
                low[j] = a * c[j] - b * si;
                high[j] = b * c[j] + a * si;
            }
        }
    }
}
