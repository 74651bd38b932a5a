#include "../math8.h"
#include "attention_kernels.h"

KERNEL void consilium_attention_decode(float *restrict out, const float *restrict q, const float *restrict keys,
                                       const float *restrict values, ptrdiff_t kv_stride, ptrdiff_t length,
                                       ptrdiff_t head_size, float scale, float softcap, float *restrict scores) {
    float largest = 0;
    for (ptrdiff_t j = 0; j < length; j++) {
        const float *key = keys + j * kv_stride;
        v8 sums = {0};
        ptrdiff_t c = 0;
        for (; c + 8 <= head_size; c += 8) sums += LOAD8(q + c) * LOAD8(key + c);
        float dot = sum8(&sums);
        for (; c < head_size; c++) dot += q[c] * key[c];
        scores[j] = dot * scale;
    }
    if (softcap != 0)
        for (ptrdiff_t j = 0; j < length; j += 8) {
            const ptrdiff_t n = length - j < 8 ? length - j : 8;
            v8 s;
            load_some(&s, scores + j, n);
            s *= 1.0f / softcap;
            tanh8(&s);
            s *= softcap;
            store_some(scores + j, &s, n);
        }
    for (ptrdiff_t j = 0; j < length; j++) largest = j == 0 || scores[j] > largest ? scores[j] : largest;
    float sum = 0;
    for (ptrdiff_t j = 0; j < length; j += 8) {
        const ptrdiff_t n = length - j < 8 ? length - j : 8;
        v8 e;
        load_some(&e, scores + j, n);
        e -= largest;
        exp8(&e);
        for (ptrdiff_t i = 0; i < n; i++) sum += e[i];
        store_some(scores + j, &e, n);
    }
    for (ptrdiff_t c = 0; c < head_size; c++) out[c] = 0;
    for (ptrdiff_t j = 0; j < length; j++) {
        const float p = scores[j] / sum, *value = values + j * kv_stride;
        for (ptrdiff_t c = 0; c < head_size; c++) out[c] += p * value[c];
    }
}
