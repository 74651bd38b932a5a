// The gradients of flash attention on the tensor cores, probabilities computed again from `lse`. One kernel for queries and
// one for keys and values: each block owns what it writes, and nothing is added up across blocks. Compiled for one padded
// head size, HEAD_SIZE; operands and tiles as in attention_forward.cu; dout as q; delta [rows, heads] = Σ dout · out.
#include "device.h"
#include "attention_tiles.h"

#define PASTE(a, b) a##_##b
#define NAME(a, b) PASTE(a, b)

constexpr float LOG2E = 1.4426950408889634f;
// Rows of the other side at a time; where two stages of them fit, the next is copied ahead.
constexpr int PIECE = 32, STAGES = HEAD_SIZE > 128 ? 1 : 2;

/// From scores to P and from dP to dS, in place, of 16 rows by 8 · count columns. `queries_down`: queries are the rows,
/// else the columns. `own`, `other`: the first row's and column's number, counted from the start of the sequence. `lse` is
/// in powers of 2.
template <bool queries_down, int count>
DEVICE void probabilities(float (&p)[count][4], float (&ds)[count][4], int own, int other, Mask mask,
                          const float (&lse)[queries_down ? 2 : count * 2],
                          const float (&delta)[queries_down ? 2 : count * 2], float scale, float softcap) {
    const int lane = lane_index();
    const bool whole = queries_down ? mask.whole(own, own + 15, other, other + 8 * count - 1)
                                    : mask.whole(other, other + 8 * count - 1, own, own + 15);
    UNROLL for (int n = 0; n < count; n++) UNROLL for (int e = 0; e < 4; e++) {
        const int at = queries_down ? e / 2 : n * 2 + e % 2;
        float score = p[n][e] * scale, slope = scale;
        if (softcap != 0.0f) {
            const float t = tanhf(score / softcap);
            score = softcap * t;
            slope *= 1.0f - t * t;
        }
        float probability = fast_exp2(score * LOG2E - lse[at]), gradient = probability * (ds[n][e] - delta[at]) * slope;
        if (!whole) {
            const int row = own + lane / 4 + e / 2 * 8, column = other + n * 8 + lane % 4 * 2 + e % 2;
            if (!mask.visible(queries_down ? row : column, queries_down ? column : row)) probability = gradient = 0;
        }
        p[n][e] = probability;
        ds[n][e] = gradient;
    }
}

KERNEL_BLOCKS(128, HEAD_SIZE > 64 ? 2 : 3, NAME(attention_backward_q, HEAD_SIZE), void *RESTRICT dq, i64 gradient_stride, const bf16 *RESTRICT dout,
       const float *RESTRICT lse, const float *RESTRICT delta, const bf16 *RESTRICT q, const bf16 *RESTRICT k,
       const bf16 *RESTRICT v, const int *RESTRICT tiles, i64 heads, i64 kv_heads, i64 head_size, float scale,
       float softcap, i64 causal, i64 window, i64 rounded) {
    DYNAMIC_SHARED(memory);
    const int size = HEAD_SIZE, row = HEAD_SIZE + 8;
    bf16 *const queries = (bf16 *)memory, *const gradients = queries + ATTENTION_TILE * row;
    bf16 *const pieces = gradients + ATTENTION_TILE * row;
    const int *tile = tiles + 4 * block_x();
    const i64 first = tile[0], start = tile[1], end = tile[2], head = block_y(), kv_head = head / (heads / kv_heads);
    const int lane = lane_index(), own = warp_index() * 16;
    const Mask mask = sequence_mask(end - start, causal, window);
    const i64 seen = causal ? larger(start, first - window + 1) : start;
    const i64 begin = start + (seen - start) / PIECE * PIECE, last = causal ? smaller(end, first + ATTENTION_TILE) : end;
    const int count = (int)((last - begin + PIECE - 1) / PIECE);

    load_heads<size, ATTENTION_TILE>(queries, q, heads, head, first, end);
    load_heads<size, ATTENTION_TILE>(gradients, dout, heads, head, first, end);
    if (STAGES == 2) {
        load_heads<size, PIECE>(pieces, k, kv_heads, kv_head, begin, end);
        load_heads<size, PIECE>(pieces + PIECE * row, v, kv_heads, kv_head, begin, end);
    }
    copy_commit();
    float own_lse[2], own_delta[2];
    UNROLL for (int half = 0; half < 2; half++) {
        const i64 i = first + own + lane / 4 + half * 8;
        own_lse[half] = i < end ? lse[i * heads + head] * LOG2E : 0.0f;
        own_delta[half] = i < end ? delta[i * heads + head] : 0.0f;
    }
    float sums[size / 8][4];
    clear_sums(sums);
    for (int piece = 0; piece < count; piece++) {
        const i64 origin = begin + (i64)piece * PIECE;
        const int ahead = STAGES - 1;
        if (STAGES == 2) copy_wait<0>();
        block_sync();
        if (piece + ahead < count) {
            bf16 *const next = pieces + (piece + ahead) % STAGES * 2 * PIECE * row;
            load_heads<size, PIECE>(next, k, kv_heads, kv_head, origin + ahead * PIECE, end);
            load_heads<size, PIECE>(next + PIECE * row, v, kv_heads, kv_head, origin + ahead * PIECE, end);
        }
        copy_commit();
        if (STAGES == 1) {
            copy_wait<0>();
            block_sync();
        }
        const bf16 *const stage = pieces + piece % STAGES * 2 * PIECE * row;
        float p[PIECE / 8][4], ds[PIECE / 8][4];
        clear_sums(p);
        clear_sums(ds);
        multiply_by_rows<size>(p, queries, own, stage);
        multiply_by_rows<size>(ds, gradients, own, stage + PIECE * row);
        probabilities<true>(p, ds, (int)(first - start) + own, (int)(origin - start), mask, own_lse, own_delta, scale,
                            softcap);
        multiply_by_columns<size>(sums, ds, stage, 0);
    }
    copy_wait<0>();
    store_sums(dq, rounded, head * head_size, gradient_stride, first + own, end, 0, (int)head_size, sums, 1.0f, 1.0f);
}

/// A block has 64 keys and runs through the queries that see them, of every head of the group; block_z: which part of a
/// head's elements it sums up, since the sums of 256 don't fit the registers.
KERNEL_BLOCKS(128, HEAD_SIZE > 64 ? 2 : 3, NAME(attention_backward_kv, HEAD_SIZE), void *RESTRICT dk, void *RESTRICT dv, i64 gradient_stride,
       const bf16 *RESTRICT dout, const float *RESTRICT lse, const float *RESTRICT delta, const bf16 *RESTRICT q,
       const bf16 *RESTRICT k, const bf16 *RESTRICT v, const int *RESTRICT tiles, i64 heads, i64 kv_heads,
       i64 head_size, float scale, float softcap, i64 causal, i64 window, i64 rounded) {
    DYNAMIC_SHARED(memory);
    const int size = HEAD_SIZE, row = HEAD_SIZE + 8, part = HEAD_SIZE > 128 ? HEAD_SIZE / 2 : HEAD_SIZE;
    bf16 *const keys = (bf16 *)memory, *const values = keys + ATTENTION_TILE * row;
    bf16 *const pieces = values + ATTENTION_TILE * row;
    const int *tile = tiles + 4 * block_x();
    const i64 first = tile[0], start = tile[1], end = tile[2], kv_head = block_y(), group = heads / kv_heads;
    const int lane = lane_index(), own = warp_index() * 16, column = (int)block_z() * part;
    const Mask mask = sequence_mask(end - start, causal, window);
    // Pieces of queries begin at multiples of their length from the sequence's start: so does the tile.
    const i64 begin = causal ? first : start, last = causal ? smaller(end, first + ATTENTION_TILE - 1 + window) : end;
    const int per_head = (int)((last - begin + PIECE - 1) / PIECE), count = per_head * (int)group;

    load_heads<size, ATTENTION_TILE>(keys, k, kv_heads, kv_head, first, end);
    load_heads<size, ATTENTION_TILE>(values, v, kv_heads, kv_head, first, end);
    if (STAGES == 2) {
        load_heads<size, PIECE>(pieces, q, heads, kv_head * group, begin, end);
        load_heads<size, PIECE>(pieces + PIECE * row, dout, heads, kv_head * group, begin, end);
    }
    copy_commit();
    float key_sums[part / 8][4], value_sums[part / 8][4];
    clear_sums(key_sums);
    clear_sums(value_sums);
    for (int piece = 0; piece < count; piece++) {
        const i64 head = kv_head * group + piece / per_head, origin = begin + (i64)(piece % per_head) * PIECE;
        const int ahead = piece + STAGES - 1;
        if (STAGES == 2) copy_wait<0>();
        block_sync();
        if (ahead < count) {
            bf16 *const next = pieces + ahead % STAGES * 2 * PIECE * row;
            const i64 next_head = kv_head * group + ahead / per_head;
            const i64 next_origin = begin + (i64)(ahead % per_head) * PIECE;
            load_heads<size, PIECE>(next, q, heads, next_head, next_origin, end);
            load_heads<size, PIECE>(next + PIECE * row, dout, heads, next_head, next_origin, end);
        }
        copy_commit();
        if (STAGES == 1) {
            copy_wait<0>();
            block_sync();
        }
        const bf16 *const stage = pieces + piece % STAGES * 2 * PIECE * row;
        float other_lse[PIECE / 4], other_delta[PIECE / 4];
        UNROLL for (int n = 0; n < PIECE / 4; n++) {
            const i64 i = origin + n / 2 * 8 + lane % 4 * 2 + n % 2;
            other_lse[n] = i < end ? lse[i * heads + head] * LOG2E : 0.0f;
            other_delta[n] = i < end ? delta[i * heads + head] : 0.0f;
        }
        float p[PIECE / 8][4], ds[PIECE / 8][4];
        clear_sums(p);
        clear_sums(ds);
        multiply_by_rows<size>(p, keys, own, stage);
        multiply_by_rows<size>(ds, values, own, stage + PIECE * row);
        probabilities<false>(p, ds, (int)(first - start) + own, (int)(origin - start), mask, other_lse, other_delta,
                             scale, softcap);
        multiply_by_columns<size>(value_sums, p, stage + PIECE * row, column);
        multiply_by_columns<size>(key_sums, ds, stage, column);
    }
    copy_wait<0>();
    const i64 offset = kv_head * head_size;
    store_sums(dk, rounded, offset, gradient_stride, first + own, end, column, (int)head_size, key_sums, 1.0f, 1.0f);
    store_sums(dv, rounded, offset, gradient_stride, first + own, end, column, (int)head_size, value_sums, 1.0f, 1.0f);
}
