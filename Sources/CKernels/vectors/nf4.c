#include "../unpack.h"

#if defined(__x86_64__)
#include <immintrin.h>

/// The value of bits 0 to 3 of every lane; bit 3 is also the highest bit of `upper`.
__attribute__((target("avx2"), always_inline)) static inline __m256 look_up(__m256i index, __m256i upper, __m256 low,
                                                                           __m256 high) {
    return _mm256_blendv_ps(_mm256_permutevar8x32_ps(low, index), _mm256_permutevar8x32_ps(high, index),
                            _mm256_castsi256_ps(upper));
}

__attribute__((target("avx2"))) static void unpack_avx2(float *y, const uint8_t *bytes, const float *codebook,
                                                        float scale, ptrdiff_t count) {
    const __m256 factor = _mm256_set1_ps(scale);
    const __m256 low = _mm256_loadu_ps(codebook), high = _mm256_loadu_ps(codebook + 8);
    for (ptrdiff_t i = 0; i < count; i += 16) {
        const __m256i x = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(bytes + i / 2)));
        const __m256 even = look_up(_mm256_srli_epi32(x, 4), _mm256_slli_epi32(x, 24), low, high);
        const __m256 odd = look_up(x, _mm256_slli_epi32(x, 28), low, high);
        const __m256 a = _mm256_mul_ps(_mm256_unpacklo_ps(even, odd), factor);
        const __m256 b = _mm256_mul_ps(_mm256_unpackhi_ps(even, odd), factor);
        _mm256_storeu_ps(y + i, _mm256_permute2f128_ps(a, b, 0x20));
        _mm256_storeu_ps(y + i + 8, _mm256_permute2f128_ps(a, b, 0x31));
    }
}
#endif

void consilium_unpack_nf4(float *y, const uint8_t *bytes, const nf4_table *table, float scale, ptrdiff_t count) {
#if defined(__x86_64__)
    if (table->in_registers) {
        unpack_avx2(y, bytes, table->codebook, scale, count / 16 * 16);
        const ptrdiff_t done = count / 16 * 16;
        y += done;
        bytes += done / 2;
        count -= done;
    }
#endif
    for (ptrdiff_t i = 0; i < count; i += 2) {
        const float *pair = table->pair[bytes[i / 2]];
        y[i] = pair[0] * scale;
        y[i + 1] = pair[1] * scale;
    }
}

void consilium_make_nf4_table(nf4_table *table, const consilium_frozen *w) {
    if (w->format != CONSILIUM_NF4) return;
    table->codebook = w->codebook;
    table->in_registers = 0;
#if defined(__x86_64__)
    table->in_registers = __builtin_cpu_supports("avx2");
#endif
    for (int i = 0; i < 256; i++) {
        table->pair[i][0] = w->codebook[i >> 4];
        table->pair[i][1] = w->codebook[i & 15];
    }
}
