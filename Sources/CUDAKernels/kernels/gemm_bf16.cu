// Products of bf16 matrices on the tensor cores with sums in float32: a block of 8 warps makes 128 by 128 elements from
// pieces of 32 along k, three of which are in shared memory or on their way to it. The result is float32 or bf16.
//
// a and b begin at multiples of 16 bytes and their rows are multiples of 8 elements apart; m, n and k are any. What lies
// beyond k is not read.
#include "device.h"
#include "tile_f32.h"

constexpr int GEMM_TILE = 128, GEMM_DEPTH = 32, GEMM_STAGES = 3;
// An odd number of 16-byte pieces between rows, so that eight rows of a matrix lie in different banks.
constexpr int GEMM_ALONG_ROW = GEMM_DEPTH + 8, GEMM_ACROSS_ROW = GEMM_TILE + 8;
constexpr int GEMM_OPERAND = GEMM_TILE * GEMM_ALONG_ROW;

/// Starts the copy of a piece of an operand. `along`: the memory is [128 rows, 32 of k], else [32 of k, 128].
template <bool along>
DEVICE void load_piece(bf16 *shared, const bf16 *x, i64 stride, int first, int count, int depth, int end) {
    const int across = along ? GEMM_DEPTH / 8 : GEMM_TILE / 8;
    UNROLL for (int n = 0; n < GEMM_TILE * GEMM_DEPTH / 8 / 256; n++) {
        const int index = thread_x() + n * 256, row = index / across, column = index % across * 8;
        const int r = (along ? first : depth) + row, c = (along ? depth : first) + column;
        const int rows = along ? count : end, columns = along ? end : count;
        const int left = r < rows ? columns - c : 0;
        const int bytes = left >= 8 ? 16 : left > 0 ? left * 2 : 0;
        copy_async(shared + row * (along ? GEMM_ALONG_ROW : GEMM_ACROSS_ROW) + column,
                   bytes > 0 ? x + (i64)r * stride + c : x, bytes);
    }
}

DEVICE void store_element(float *to, float value, bool accumulate) { *to = accumulate ? value + *to : value; }
DEVICE void store_element(bf16 *to, float value, bool accumulate) {
    *to = to_bf16(accumulate ? value + from_bf16(*to) : value);
}

template <int form, typename Number>
DEVICE void matrix_product(Number *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride, int m,
                           int n, int k, float alpha, bool accumulate) {
    DYNAMIC_SHARED(memory);
    bf16 *const left = (bf16 *)memory, *const right = left + GEMM_STAGES * GEMM_OPERAND;
    const int row = (int)block_x() * GEMM_TILE, column = (int)block_y() * GEMM_TILE;
    const int lane = lane_index(), warp = warp_index();
    // Two warps down, four across: 64 by 32 elements each.
    const int warp_row = warp / 4 * 64, warp_column = warp % 4 * 32;
    float sums[4][4][4];
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) UNROLL for (int e = 0; e < 4; e++)
        sums[i][j][e] = 0;

    const int pieces = (k + GEMM_DEPTH - 1) / GEMM_DEPTH;
    UNROLL for (int piece = 0; piece < GEMM_STAGES - 1; piece++) {
        if (piece < pieces) {
            load_piece<form != FORM_TN>(left + piece * GEMM_OPERAND, a, a_stride, row, m, piece * GEMM_DEPTH, k);
            load_piece<form == FORM_NT>(right + piece * GEMM_OPERAND, b, b_stride, column, n, piece * GEMM_DEPTH, k);
        }
        copy_commit();
    }
    for (int piece = 0; piece < pieces; piece++) {
        copy_wait<GEMM_STAGES - 2>();
        // Behind the barrier the piece is there for all, and the one before it is no longer read.
        block_sync();
        const int next = piece + GEMM_STAGES - 1;
        if (next < pieces) {
            const int stage = next % GEMM_STAGES * GEMM_OPERAND;
            load_piece<form != FORM_TN>(left + stage, a, a_stride, row, m, next * GEMM_DEPTH, k);
            load_piece<form == FORM_NT>(right + stage, b, b_stride, column, n, next * GEMM_DEPTH, k);
        }
        copy_commit();
        const bf16 *const x = left + piece % GEMM_STAGES * GEMM_OPERAND;
        const bf16 *const y = right + piece % GEMM_STAGES * GEMM_OPERAND;
        UNROLL for (int depth = 0; depth < GEMM_DEPTH; depth += 16) {
            u32 rows[4][4], columns[2][4];
            UNROLL for (int i = 0; i < 4; i++) {
                if (form == FORM_TN)
                    load_matrices_transposed(rows[i], x + (depth + lane % 8 + lane / 16 * 8) * GEMM_ACROSS_ROW +
                                                          warp_row + i * 16 + lane / 8 % 2 * 8);
                else
                    load_matrices(rows[i],
                                  x + (warp_row + i * 16 + lane % 16) * GEMM_ALONG_ROW + depth + lane / 16 * 8);
            }
            UNROLL for (int j = 0; j < 2; j++) {
                if (form == FORM_NT)
                    load_matrices(columns[j], y + (warp_column + j * 16 + lane % 8 + lane / 16 * 8) * GEMM_ALONG_ROW +
                                                  depth + lane / 8 % 2 * 8);
                else
                    load_matrices_transposed(columns[j], y + (depth + lane % 16) * GEMM_ACROSS_ROW + warp_column +
                                                             j * 16 + lane / 16 * 8);
            }
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 4; j++) mma_bf16(sums[i][j], rows[i], columns[j / 2] + j % 2 * 2);
        }
    }
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int half = 0; half < 2; half++) {
        const int r = row + warp_row + i * 16 + lane / 4 + half * 8, first = column + warp_column + lane % 4 * 2;
        Number *const to = c + r * c_stride + first;
        UNROLL for (int j = 0; j < 4; j++) UNROLL for (int e = 0; e < 2; e++)
            if (r < m && first + j * 8 + e < n)
                store_element(to + j * 8 + e, alpha * sums[i][j][half * 2 + e], accumulate);
    }
}

#define GEMM_KERNEL(name, form, Number)                                                                               \
    KERNEL_BLOCKS(256, 2, name, Number *c, i64 c_stride, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride, i64 m,       \
           i64 n, i64 k, float alpha, i64 accumulate) {                                                               \
        matrix_product<form>(c, c_stride, a, a_stride, b, b_stride, (int)m, (int)n, (int)k, alpha, accumulate != 0);  \
    }

GEMM_KERNEL(gemm_nt_float32, FORM_NT, float)
GEMM_KERNEL(gemm_nn_float32, FORM_NN, float)
GEMM_KERNEL(gemm_tn_float32, FORM_TN, float)
GEMM_KERNEL(gemm_nt_bfloat16, FORM_NT, bf16)
GEMM_KERNEL(gemm_nn_bfloat16, FORM_NN, bf16)
GEMM_KERNEL(gemm_tn_bfloat16, FORM_TN, bf16)
