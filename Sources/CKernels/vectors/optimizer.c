#include "vector_kernels.h"
#include "../platform.h"

#include <math.h>

KERNEL void consilium_adamw(float *restrict parameters, const float *restrict gradient, float *restrict first,
                            float *restrict second, ptrdiff_t count, float rate, float beta1, float beta2,
                            float epsilon, float decay, float correction1, float correction2) {
    const float keep = 1.0f - rate * decay, step = rate / correction1, root = 1.0f / sqrtf(correction2);
    for (ptrdiff_t i = 0; i < count; i++) {
        const float g = gradient[i];
        const float m = beta1 * first[i] + (1.0f - beta1) * g;
        const float v = beta2 * second[i] + (1.0f - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameters[i] = parameters[i] * keep - step * m / (sqrtf(v) * root + epsilon);
    }
}
