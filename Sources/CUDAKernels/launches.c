#include "cuda_kernels.h"

static int64_t divided(int64_t a, int64_t b) { return (a + b - 1) / b; }
static int64_t at_least(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t at_most(int64_t a, int64_t b) { return a < b ? a : b; }

// Three stages of two operands of 128 rows of 32 elements and 8 of padding.
int64_t cuda_gemm_shared(void) { return 3 * 2 * 128 * (32 + 8) * 2; }

// The second operand has 32 rows.
int64_t cuda_gemm_narrow_shared(void) { return 3 * (128 + 32) * (32 + 8) * 2; }

int64_t cuda_split_chunk(int64_t m, int64_t n, int64_t k) {
    // A chunk long enough to be worth its partial result; about four blocks for each of a hundred multiprocessors.
    const int64_t tiles = divided(m, 64) * divided(n, 64), splits = at_most(512 / at_least(tiles, 1), k / 256);
    return splits < 2 ? at_least(k, 1) : divided(divided(k, splits), 16) * 16;
}

int64_t cuda_row_chunk(int64_t rows) { return at_least(64, divided(divided(rows, 256), 8) * 8); }

int64_t cuda_norm_threads(int64_t width) {
    return width <= 256 ? 32 : width <= 1024 ? 128 : 256;
}

int64_t cuda_norm_blocks(int64_t count) { return at_least(1, at_most(512, divided(count, 4096))); }

int64_t cuda_segment_chunk(int64_t longest) { return at_least(64, divided(divided(longest, 8), 16) * 16); }

// Two vectors of a head and two numbers for each of 32 keys, for four warps.
int64_t cuda_attention_f32_shared(int64_t head_size) { return 4 * (2 * head_size + 64) * 4; }

int64_t cuda_attention_instance(int64_t head_size) {
    static const int64_t sizes[] = {32, 64, 80, 96, 128, 256};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (head_size <= sizes[i]) return sizes[i];
    return 0;
}

// 64 queries and two stages of 64 keys and values, 32 of the largest heads.
int64_t cuda_attention_forward_shared(int64_t instance) {
    return (64 + 4 * (instance > 128 ? 32 : 64)) * (instance + 8) * 2;
}

// Two times 64 rows, and two stages, one for the largest heads, of two times 32.
int64_t cuda_attention_backward_shared(int64_t instance) {
    return (128 + (instance > 128 ? 1 : 2) * 64) * (instance + 8) * 2;
}

int64_t cuda_attention_backward_kv_parts(int64_t instance) { return instance > 128 ? 2 : 1; }

int64_t cuda_decode_chunk(int64_t keys, int64_t heads) {
    const int64_t blocks = divided(heads, 4), splits = at_least(1, at_most(256 / at_least(blocks, 1), divided(keys, 128)));
    return at_least(32, divided(divided(keys, splits), 32) * 32);
}
