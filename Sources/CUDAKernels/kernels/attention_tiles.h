// What the attention kernels on the tensor cores share. HEAD_SIZE is the padded size of a head: 32, 64, 80, 96, 128 or 256.
#pragma once
#include "device.h"
#include "vectors.h"

/// Queries, and keys, that a block of four warps works on.
constexpr int ATTENTION_TILE = 64, ATTENTION_THREADS = 128;

/// Starts the copy of `rows` rows of a head into shared memory; rows from `end` on become 0. `x` is [., heads, size].
template <int size, int rows>
DEVICE void load_heads(bf16 *shared, const bf16 *x, i64 heads, i64 head, i64 first, i64 end) {
    const int across = size / 8;
    for (int index = thread_x(); index < rows * across; index += ATTENTION_THREADS) {
        const int row = index / across, column = index % across * 8;
        const bool inside = first + row < end;
        copy_async(shared + row * (size + 8) + column, inside ? x + ((first + row) * heads + head) * size + column : x,
                   inside ? 16 : 0);
    }
}

/// a [16, 16] of rows `row`... and columns `column`... as the left side of a product.
template <int size> DEVICE void load_left(u32 *fragment, const bf16 *shared, int row, int column) {
    const int lane = lane_index();
    load_matrices(fragment, shared + (row + lane % 16) * (size + 8) + column + lane / 16 * 8);
}

/// Two right sides [16, 8] whose columns are the rows `row`... of the memory and whose rows are its columns: x · yᵀ.
template <int size> DEVICE void load_right_rows(u32 *fragment, const bf16 *shared, int row, int column) {
    const int lane = lane_index();
    load_matrices(fragment, shared + (row + lane % 8 + lane / 16 * 8) * (size + 8) + column + lane / 8 % 2 * 8);
}

/// Two right sides [16, 8] that lie as they are in memory: x · y.
template <int size> DEVICE void load_right_columns(u32 *fragment, const bf16 *shared, int row, int column) {
    const int lane = lane_index();
    load_matrices_transposed(fragment, shared + (row + lane % 16) * (size + 8) + column + lane / 16 * 8);
}

/// Sums of two adjacent products as the left side of the next.
DEVICE void as_left(u32 *fragment, const float *low, const float *high) {
    fragment[0] = pack_bf16(low[0], low[1]);
    fragment[1] = pack_bf16(low[2], low[3]);
    fragment[2] = pack_bf16(high[0], high[1]);
    fragment[3] = pack_bf16(high[2], high[3]);
}

/// Sums of a warp: its 16 rows by 8 · count columns.
template <int count> DEVICE void clear_sums(float (&sums)[count][4]) {
    UNROLL for (int n = 0; n < count; n++) UNROLL for (int e = 0; e < 4; e++) sums[n][e] = 0;
}

/// sums += left · rightᵀ, 16 rows of `left` from `row` and the first 8 · count rows of `right`, over a whole head.
template <int size, int count>
DEVICE void multiply_by_rows(float (&sums)[count][4], const bf16 *left, int row, const bf16 *right) {
    UNROLL for (int k = 0; k < size; k += 16) {
        u32 a[4];
        load_left<size>(a, left, row, k);
        UNROLL for (int n = 0; n < count; n += 2) {
            u32 b[4];
            load_right_rows<size>(b, right, n * 8, k);
            mma_bf16(sums[n], a, b);
            mma_bf16(sums[n + 1], a, b + 2);
        }
    }
}

/// sums += left · right, `left` [16, 8 · depth] in registers, the columns of `right` from `column`.
template <int size, int depth, int count>
DEVICE void multiply_by_columns(float (&sums)[count][4], float (&left)[depth][4], const bf16 *right, int column) {
    UNROLL for (int k = 0; k < depth; k += 2) {
        u32 a[4];
        as_left(a, left[k], left[k + 1]);
        UNROLL for (int n = 0; n < count; n += 2) {
            u32 b[4];
            load_right_columns<size>(b, right, k * 8, column + n * 8);
            mma_bf16(sums[n], a, b);
            mma_bf16(sums[n + 1], a, b + 2);
        }
    }
}

/// Writes a warp's sums, times `factor` for its upper and lower rows, as rows `first` + 0 ..< 16 below `end`; columns from
/// `size` on are padding.
template <int count, typename Number>
DEVICE void store_sums_as(Number *to, i64 stride, i64 first, i64 end, int column, int size, float (&sums)[count][4],
                          float upper, float lower) {
    const int lane = lane_index();
    UNROLL for (int n = 0; n < count; n++) UNROLL for (int e = 0; e < 4; e++) {
        const i64 row = first + lane / 4 + e / 2 * 8;
        const int d = column + n * 8 + lane % 4 * 2 + e % 2;
        if (row < end && d < size) store_number(to + row * stride + d, sums[n][e] * (e < 2 ? upper : lower));
    }
}

/// The same to a matrix in float32 or, `rounded`, in bf16, from its column `offset` on.
template <int count>
DEVICE void store_sums(void *to, i64 rounded, i64 offset, i64 stride, i64 first, i64 end, int column, int size,
                       float (&sums)[count][4], float upper, float lower) {
    if (rounded)
        store_sums_as((bf16 *)to + offset, stride, first, end, column, size, sums, upper, lower);
    else
        store_sums_as((float *)to + offset, stride, first, end, column, size, sums, upper, lower);
}

/// The largest of a row over the four lanes that share it, and the sum.
DEVICE float row_max(float value) {
    value = fmaxf(value, shuffle_xor(value, 1));
    return fmaxf(value, shuffle_xor(value, 2));
}

DEVICE float row_sum(float value) {
    value += shuffle_xor(value, 1);
    return value + shuffle_xor(value, 2);
}

/// Which keys the 16 queries (or which queries the 16 keys) of a warp see in a piece, all numbers counted from the start of
/// the sequence. Most pieces need no look at single elements: `whole` says so, the same in every lane.
struct Mask {
    int length, window;
    bool causal;

    DEVICE_MEMBER bool visible(int query, int key) const {
        return key < length && query < length && (!causal || (key <= query && key > query - window));
    }
    DEVICE_MEMBER bool whole(int first_query, int last_query, int first_key, int last_key) const {
        return last_key < length && last_query < length &&
               (!causal || (last_key <= first_query && first_key > last_query - window));
    }
};

DEVICE Mask sequence_mask(i64 length, i64 causal, i64 window) {
    return Mask{(int)length, (int)smaller(window, length), causal != 0};
}
