// Products of bf16 matrices on the tensor cores with sums in float32: a block of 8 warps makes 128 by `width` elements from
// pieces of 32 along k, three of which are in shared memory or on their way to it.
//
// a and b begin at multiples of 16 bytes and their rows are multiples of 8 elements apart; m, n and k are any. What lies
// beyond k is not read.
#pragma once
#include "device.h"
#include "tile_f32.h"

constexpr int GEMM_TILE = 128, GEMM_DEPTH = 32, GEMM_STAGES = 3;
// An odd number of 16-byte pieces between rows, so that eight rows of a matrix lie in different banks.
constexpr int GEMM_ALONG_ROW = GEMM_DEPTH + 8;

/// Copies the pieces of an operand, one after the other. `along`: the memory is [width rows, 32 of k], else [32 of k, width].
template <bool along, int width> struct PieceLoader {
    static constexpr int across = along ? GEMM_DEPTH / 8 : width / 8, stride_shared = along ? GEMM_ALONG_ROW : width + 8;
    static constexpr int pieces = width * GEMM_DEPTH / 8, rounds = (pieces + 255) / 256, rows_a_round = 256 / across;
    const bf16 *base, *source;
    i64 stride;
    /// Rows and columns of the memory that there are from this thread's first on.
    int rows, columns, offset;

    DEVICE_MEMBER void begin(const bf16 *x, i64 distance, int first, int count, int depth, int end) {
        const int row = thread_x() / across, column = thread_x() % across * 8;
        const int r = (along ? first : depth) + row, c = (along ? depth : first) + column;
        base = x;
        stride = distance;
        source = x + (i64)r * stride + c;
        rows = (along ? count : end) - r;
        columns = (along ? end : count) - c;
        offset = row * stride_shared + column;
    }

    /// Starts the copy of the next piece. Nothing outside of the matrix is touched.
    DEVICE_MEMBER void next(bf16 *shared) {
        UNROLL for (int n = 0; n < rounds; n++)
            if (pieces >= 256 || thread_x() < pieces) {
                const int left = n * rows_a_round < rows ? columns : 0;
                const int bytes = left >= 8 ? 16 : left > 0 ? left * 2 : 0;
                // Without bytes nothing is read, but the address must be one.
                const bf16 *from = bytes > 0 ? source + n * rows_a_round * stride : base;
                copy_async(shared + offset + n * rows_a_round * stride_shared, from, bytes);
            }
        source += along ? (i64)GEMM_DEPTH : GEMM_DEPTH * stride;
        (along ? columns : rows) -= GEMM_DEPTH;
    }
};

DEVICE void store_element(float *to, float value, bool accumulate) { *to = accumulate ? value + *to : value; }
DEVICE void store_element(bf16 *to, float value, bool accumulate) {
    *to = to_bf16(accumulate ? value + from_bf16(*to) : value);
}

/// The sums of a block's elements over begin ≤ k < end: a warp's are 16 · tiles rows from `warp_row`, 32 columns from
/// `warp_column`.
template <int form, int width> struct MatrixTile {
    static constexpr int left_size = GEMM_TILE * GEMM_ALONG_ROW, right_size = width * GEMM_ALONG_ROW;
    // Warps lie two down and four across, or for the narrow tile all below each other.
    static constexpr int tiles = width == 128 ? 4 : 1;
    float sums[tiles][4][4];
    int warp_row, warp_column;

    DEVICE_MEMBER void multiply(unsigned char *memory, const bf16 *a, i64 a_stride, const bf16 *b, i64 b_stride, int m,
                                int n, int row, int column, int begin, int end) {
        constexpr int left_row = form == FORM_TN ? GEMM_TILE + 8 : GEMM_ALONG_ROW;
        constexpr int right_row = form == FORM_NT ? GEMM_ALONG_ROW : width + 8;
        bf16 *const left = (bf16 *)memory, *const right = left + GEMM_STAGES * left_size;
        const int lane = lane_index(), warp = warp_index();
        warp_row = width == 128 ? warp / 4 * 64 : warp * 16;
        warp_column = width == 128 ? warp % 4 * 32 : 0;
        UNROLL for (int i = 0; i < tiles; i++) UNROLL for (int j = 0; j < 4; j++) UNROLL for (int e = 0; e < 4; e++)
            sums[i][j][e] = 0;
        const int pieces = (end - begin + GEMM_DEPTH - 1) / GEMM_DEPTH;
        PieceLoader<form != FORM_TN, GEMM_TILE> left_loader;
        PieceLoader<form == FORM_NT, width> right_loader;
        left_loader.begin(a, a_stride, row, m, begin, end);
        right_loader.begin(b, b_stride, column, n, begin, end);
        UNROLL for (int piece = 0; piece < GEMM_STAGES - 1; piece++) {
            if (piece < pieces) {
                left_loader.next(left + piece * left_size);
                right_loader.next(right + piece * right_size);
            }
            copy_commit();
        }
        for (int piece = 0; piece < pieces; piece++) {
            copy_wait<GEMM_STAGES - 2>();
            // Behind the barrier the piece is there for all, and the one before it is no longer read.
            block_sync();
            const int next = piece + GEMM_STAGES - 1;
            if (next < pieces) {
                left_loader.next(left + next % GEMM_STAGES * left_size);
                right_loader.next(right + next % GEMM_STAGES * right_size);
            }
            copy_commit();
            const bf16 *const x = left + piece % GEMM_STAGES * left_size;
            const bf16 *const y = right + piece % GEMM_STAGES * right_size;
            UNROLL for (int depth = 0; depth < GEMM_DEPTH; depth += 16) {
                u32 rows[tiles][4], columns[2][4];
                UNROLL for (int i = 0; i < tiles; i++) {
                    if (form == FORM_TN)
                        load_matrices_transposed(rows[i], x + (depth + lane % 8 + lane / 16 * 8) * left_row +
                                                              warp_row + i * 16 + lane / 8 % 2 * 8);
                    else
                        load_matrices(rows[i],
                                      x + (warp_row + i * 16 + lane % 16) * left_row + depth + lane / 16 * 8);
                }
                UNROLL for (int j = 0; j < 2; j++) {
                    if (form == FORM_NT)
                        load_matrices(columns[j], y + (warp_column + j * 16 + lane % 8 + lane / 16 * 8) * right_row +
                                                      depth + lane / 8 % 2 * 8);
                    else
                        load_matrices_transposed(columns[j], y + (depth + lane % 16) * right_row + warp_column +
                                                                 j * 16 + lane / 16 * 8);
                }
                UNROLL for (int i = 0; i < tiles; i++)
                    UNROLL for (int j = 0; j < 4; j++) mma_bf16(sums[i][j], rows[i], columns[j / 2] + j % 2 * 2);
            }
        }
        // The last groups are empty: nothing is under way when the block ends.
        copy_wait<0>();
    }

    /// c = alpha · sums (+ c) where rows are below m and columns below n.
    template <typename Number>
    DEVICE_MEMBER void store(Number *c, i64 c_stride, int m, int n, int row, int column, float alpha, bool accumulate) {
        const int lane = lane_index(), first = column + warp_column + lane % 4 * 2;
        UNROLL for (int i = 0; i < tiles; i++) UNROLL for (int half = 0; half < 2; half++) {
            const int r = row + warp_row + i * 16 + lane / 4 + half * 8;
            Number *const to = c + r * c_stride + first;
            UNROLL for (int j = 0; j < 4; j++) UNROLL for (int e = 0; e < 2; e++)
                if (r < m && first + j * 8 + e < n)
                    store_element(to + j * 8 + e, alpha * sums[i][j][half * 2 + e], accumulate);
        }
    }
};
