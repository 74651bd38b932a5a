// A 64 by 64 piece of a float32 product by a block of 256 threads, four by four elements a thread.
#pragma once
#include "device.h"

/// Which side of an operand lies densely in memory: NT: a [m,k] · b [n,k]ᵀ; NN: a [m,k] · b [k,n]; TN: a [k,m]ᵀ · b [k,n].
constexpr int FORM_NT = 0, FORM_NN = 1, FORM_TN = 2;

constexpr int TILE = 64, TILE_DEPTH = 16, TILE_ROW = TILE + 4, TILE_FLOATS = 2 * TILE_DEPTH * TILE_ROW;

struct Operand {
    const float *pointer;
    i64 stride;
    /// Whether k runs along the rows of the memory.
    bool along;
};

/// tile[k][i] = the operand's element i of `first`... at depth k of `depth`..., 0 outside.
DEVICE void load_tile(float *tile, Operand x, i64 first, i64 count, i64 depth, i64 end) {
    UNROLL for (int n = 0; n < TILE * TILE_DEPTH / 256; n++) {
        const int index = thread_x() + n * 256;
        const int k = x.along ? index % TILE_DEPTH : index / TILE, i = x.along ? index / TILE_DEPTH : index % TILE;
        const bool inside = first + i < count && depth + k < end;
        const i64 at = x.along ? (first + i) * x.stride + depth + k : (depth + k) * x.stride + first + i;
        tile[k * TILE_ROW + i] = inside ? x.pointer[at] : 0.0f;
    }
}

/// sums[i][j] = Σ a[4·(t / 16) + i, k] · b[k, 4·(t % 16) + j] over begin ≤ k < end, in ascending order of k, with rows from
/// `row` of m and columns from `column` of n. Every thread of the block takes part.
DEVICE void tile_product(float (&sums)[4][4], float *shared, Operand a, Operand b, i64 m, i64 n, i64 row, i64 column,
                         i64 begin, i64 end) {
    float *const left = shared, *const right = shared + TILE_DEPTH * TILE_ROW;
    const int i0 = thread_x() / 16 * 4, j0 = thread_x() % 16 * 4;
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) sums[i][j] = 0;
    for (i64 depth = begin; depth < end; depth += TILE_DEPTH) {
        load_tile(left, a, row, m, depth, end);
        load_tile(right, b, column, n, depth, end);
        block_sync();
        UNROLL for (int k = 0; k < TILE_DEPTH; k++) {
            float x[4], y[4];
            UNROLL for (int i = 0; i < 4; i++) x[i] = left[k * TILE_ROW + i0 + i];
            UNROLL for (int j = 0; j < 4; j++) y[j] = right[k * TILE_ROW + j0 + j];
            UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) sums[i][j] += x[i] * y[j];
        }
        block_sync();
    }
}
