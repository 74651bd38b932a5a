// Flash attention (Dao et al. 2022; Dao 2023) on the tensor cores: a block makes the outputs of 64 queries of one head
// while it runs through their keys, which are copied a piece ahead. Compiled for one padded head size, HEAD_SIZE.
//
// tiles [n, 4]: first row of the 64, where their sequence begins, where it ends. No block reads beyond its sequence, so that
// a sequence's result doesn't depend on the rest of the batch.
#include "device.h"
#include "attention_tiles.h"
#include "scores.h"

#define PASTE(a, b) a##_##b
#define NAME(a, b) PASTE(a, b)

/// q [rows, heads, HEAD_SIZE], k and v [rows, kv_heads, HEAD_SIZE] in bf16, aligned to 16 bytes. out in float32 or, `rounded`,
/// in bf16; lse [rows, heads]; only the first head_size elements of a head are written.
KERNEL_BLOCKS(128, HEAD_SIZE > 64 ? 2 : 3, NAME(attention_forward, HEAD_SIZE), void *RESTRICT out, i64 out_stride, float *RESTRICT lse,
       const bf16 *RESTRICT q, const bf16 *RESTRICT k, const bf16 *RESTRICT v, const int *RESTRICT tiles, i64 heads,
       i64 kv_heads, i64 head_size, float scale, float softcap, i64 causal, i64 window,
       i64 rounded) {
    DYNAMIC_SHARED(memory);
    const int size = HEAD_SIZE, row = HEAD_SIZE + 8, keys = HEAD_SIZE > 128 ? 32 : 64;
    bf16 *const queries = (bf16 *)memory, *const pieces = queries + ATTENTION_TILE * row;
    const int *tile = tiles + 4 * block_x();
    const i64 first = tile[0], start = tile[1], end = tile[2], head = block_y(), kv_head = head / (heads / kv_heads);
    const int lane = lane_index(), own = warp_index() * 16;
    // Pieces begin at multiples of their length from the sequence's start, whatever the window.
    const i64 seen = causal ? larger(start, first - window + 1) : start;
    const i64 begin = start + (seen - start) / keys * keys, last = causal ? smaller(end, first + ATTENTION_TILE) : end;
    const int count = (int)((last - begin + keys - 1) / keys);
    const Mask mask = sequence_mask(end - start, causal, window);
    const int query = (int)(first - start) + own;
    const float log2e = 1.4426950408889634f, factor = softcap != 0.0f ? scale : scale * log2e;

    load_heads<size, ATTENTION_TILE>(queries, q, heads, head, first, end);
    load_heads<size, keys>(pieces, k, kv_heads, kv_head, begin, end);
    load_heads<size, keys>(pieces + keys * row, v, kv_heads, kv_head, begin, end);
    copy_commit();

    float sums[size / 8][4], largest[2] = {-1e30f, -1e30f}, total[2] = {0, 0};
    clear_sums(sums);
    for (int piece = 0; piece < count; piece++) {
        const i64 origin = begin + (i64)piece * keys;
        // The piece is there, and nobody reads the other stage any longer.
        copy_wait<0>();
        block_sync();
        if (piece + 1 < count) {
            bf16 *const next = pieces + (piece + 1) % 2 * 2 * keys * row;
            load_heads<size, keys>(next, k, kv_heads, kv_head, origin + keys, end);
            load_heads<size, keys>(next + keys * row, v, kv_heads, kv_head, origin + keys, end);
        }
        copy_commit();
        const bf16 *const stage = pieces + piece % 2 * 2 * keys * row;

        float p[keys / 8][4];
        clear_sums(p);
        multiply_by_rows<size>(p, queries, own, stage);
        float above[2] = {largest[0], largest[1]};
        const int key = (int)(origin - start);
        const bool whole = mask.whole(query, query + 15, key, key + keys - 1);
        UNROLL for (int n = 0; n < keys / 8; n++) UNROLL for (int e = 0; e < 4; e++) {
            float score = p[n][e] * factor;
            if (softcap != 0.0f) score = capped_score(score, softcap) * log2e;
            if (!whole && !mask.visible(query + lane / 4 + e / 2 * 8, key + n * 8 + lane % 4 * 2 + e % 2))
                score = -1e30f;
            p[n][e] = score;
            above[e / 2] = fmaxf(above[e / 2], score);
        }
        float shrink[2];
        UNROLL for (int half = 0; half < 2; half++) {
            above[half] = row_max(above[half]);
            shrink[half] = fast_exp2(largest[half] - above[half]);
            largest[half] = above[half];
            total[half] *= shrink[half];
        }
        UNROLL for (int n = 0; n < size / 8; n++) UNROLL for (int e = 0; e < 4; e++) sums[n][e] *= shrink[e / 2];
        // A row that has seen nothing yet counts the hidden keys here; the first that it sees multiplies them by 0.
        UNROLL for (int n = 0; n < keys / 8; n++) UNROLL for (int e = 0; e < 4; e++) {
            p[n][e] = fast_exp2(p[n][e] - largest[e / 2]);
            total[e / 2] += p[n][e];
        }
        multiply_by_columns<size>(sums, p, stage + keys * row, 0);
    }
    copy_wait<0>();
    total[0] = row_sum(total[0]);
    total[1] = row_sum(total[1]);
    store_sums(out, rounded, head * head_size, out_stride, first + own, end, 0, (int)head_size, sums, 1.0f / total[0],
               1.0f / total[1]);
    if (lane % 4 == 0) UNROLL for (int half = 0; half < 2; half++) {
        const i64 i = first + own + lane / 4 + half * 8;
        if (i < end) lse[i * heads + head] = largest[half] * 0.69314718055994531f + logf(total[half]);
    }
}
