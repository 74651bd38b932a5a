// Attention in float32 for any head size up to 256, a warp a query (or key) and head: float32 mode, sequences that branch
// off each other, and decoding. Scores of 32 keys at a time, one a lane; then the lanes share out the head's elements.
//
// row_spans [rows, 2]: where the sequence of a row begins and ends; (0, 0): the row belongs to none and is left alone. Every
// row reads its own sequence alone, so that its result doesn't depend on the rest of the batch.
#include "device.h"
#include "scores.h"

/// Of a head, in each lane.
constexpr int LANE_ELEMENTS = 8;

/// What a warp has in shared memory: two vectors of a head and two numbers for each of 32 keys.
struct WarpMemory {
    float *first, *second, *p, *ds;
};

DEVICE WarpMemory warp_memory(unsigned char *memory, int size) {
    float *own = (float *)memory + warp_index() * (2 * size + 64);
    return WarpMemory{own, own + size, own + 2 * size, own + 2 * size + 32};
}

/// The keys that row `i` sees.
struct Range {
    i64 first, last;
};

DEVICE Range visible_keys(const int *row_spans, i64 i, i64 causal, i64 window) {
    const i64 start = row_spans[2 * i], end = row_spans[2 * i + 1];
    return causal ? Range{larger(start, i - window + 1), smaller(end, i + 1)} : Range{start, end};
}

/// The queries that see row `j`.
DEVICE Range seeing_queries(const int *row_spans, i64 j, i64 causal, i64 window) {
    const i64 start = row_spans[2 * j], end = row_spans[2 * j + 1];
    return causal ? Range{larger(start, j), smaller(end, j + window)} : Range{start, end};
}

DEVICE void copy_vector(float *to, const float *from, int size) {
    for (int d = lane_index(); d < size; d += 32) to[d] = from[d];
}

DEVICE float dot(const float *a, const float *b, int size) {
    float sum = 0;
    for (int d = 0; d < size; d++) sum += a[d] * b[d];
    return sum;
}

/// The softmax of the keys so far and its product with the values: lane l has the elements l + 32n.
struct Softmax {
    float largest, sum, out[LANE_ELEMENTS];
};

DEVICE Softmax empty_softmax() {
    Softmax state;
    state.largest = -bits_to_float(0x7f800000u);
    state.sum = 0;
    UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) state.out[n] = 0;
    return state;
}

/// Goes on with the keys `range`; the query is in memory.first.
DEVICE void attend(Softmax &state, WarpMemory memory, const float *keys, const float *values, i64 stride, Range range,
                   int size, float scale, float cap) {
    const int lane = lane_index();
    for (i64 base = range.first; base < range.last; base += 32) {
        const bool inside = base + lane < range.last;
        float score = -bits_to_float(0x7f800000u);
        if (inside) score = capped_score(scale * dot(memory.first, keys + (base + lane) * stride, size), cap);
        const float largest = fmaxf(state.largest, warp_max(score));
        const float p = inside ? expf(score - largest) : 0, factor = expf(state.largest - largest);
        memory.p[lane] = p;
        state.largest = largest;
        state.sum = state.sum * factor + warp_sum(p);
        warp_sync();
        const int count = (int)smaller(32, range.last - base);
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
            const int d = lane + 32 * n;
            if (d < size) {
                float out = state.out[n] * factor;
                for (int j = 0; j < count; j++) out += memory.p[j] * values[(base + j) * stride + d];
                state.out[n] = out;
            }
        }
        warp_sync();
    }
}

DEVICE void write_softmax(float *out, const Softmax &state, int size) {
    UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
        const int d = lane_index() + 32 * n;
        if (d < size) out[d] = state.out[n] / state.sum;
    }
}

DEVICE i64 warp_number() { return block_x() * (block_threads() / 32) + warp_index(); }

/// out[i,h] = Σ_j softmax_j(cap(scale · q[i,h] · k[j])) v[j]; lse [rows, heads]: the logarithm of the sum of the
/// exponentials.
KERNEL_BLOCKS(128, 4, attention_forward_f32, float *RESTRICT out, i64 out_stride, float *RESTRICT lse, const float *RESTRICT q,
       const float *RESTRICT k, const float *RESTRICT v, i64 stride, const int *RESTRICT row_spans, i64 rows,
       i64 heads, i64 kv_heads, i64 head_size, float scale, float softcap, i64 causal, i64 window) {
    DYNAMIC_SHARED(shared);
    const i64 number = warp_number(), i = number / heads, head = number % heads;
    const int size = (int)head_size;
    const WarpMemory memory = warp_memory(shared, size);
    Range range = {0, 0};
    if (i < rows) range = visible_keys(row_spans, i, causal, window);
    if (range.first < range.last) {
        const i64 column = head / (heads / kv_heads) * size;
        copy_vector(memory.first, q + i * stride + head * size, size);
        warp_sync();
        Softmax state = empty_softmax();
        attend(state, memory, k + column, v + column, stride, range, size, scale, softcap);
        write_softmax(out + i * out_stride + head * size, state, size);
        if (lane_index() == 0) lse[i * heads + head] = logf(state.sum) + state.largest;
    }
}

/// delta[i,h] = Σ_d dout[i,h,d] · out[i,h,d]
KERNEL(128, attention_delta, float *RESTRICT delta, const float *RESTRICT dout, i64 dout_stride,
       const float *RESTRICT out, i64 out_stride, i64 rows, i64 heads, i64 head_size) {
    const i64 number = warp_number(), i = number / heads, head = number % heads;
    float sum = 0;
    if (i < rows)
        for (i64 d = lane_index(); d < head_size; d += 32)
            sum += dout[i * dout_stride + head * head_size + d] * out[i * out_stride + head * head_size + d];
    sum = warp_sum(sum);
    if (i < rows && lane_index() == 0) delta[number] = sum;
}

KERNEL_BLOCKS(128, 4, attention_backward_q_f32, float *RESTRICT dq, i64 gradient_stride, const float *RESTRICT dout,
       i64 dout_stride, const float *RESTRICT lse, const float *RESTRICT delta, const float *RESTRICT q,
       const float *RESTRICT k, const float *RESTRICT v, i64 stride, const int *RESTRICT row_spans, i64 rows,
       i64 heads, i64 kv_heads, i64 head_size, float scale, float softcap, i64 causal, i64 window) {
    DYNAMIC_SHARED(shared);
    const i64 number = warp_number(), i = number / heads, head = number % heads;
    const int size = (int)head_size, lane = lane_index();
    const WarpMemory memory = warp_memory(shared, size);
    Range range = {0, 0};
    if (i < rows) range = visible_keys(row_spans, i, causal, window);
    if (range.first < range.last) {
        const i64 column = head / (heads / kv_heads) * size;
        copy_vector(memory.first, q + i * stride + head * size, size);
        copy_vector(memory.second, dout + i * dout_stride + head * size, size);
        warp_sync();
        const float own_lse = lse[number], own_delta = delta[number];
        float sums[LANE_ELEMENTS];
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) sums[n] = 0;
        for (i64 base = range.first; base < range.last; base += 32) {
            const i64 j = base + lane;
            float ds = 0;
            if (j < range.last) {
                const ScoreGradient score = score_gradient(
                    scale * dot(memory.first, k + j * stride + column, size), scale, softcap, own_lse);
                ds = score.p * (dot(memory.second, v + j * stride + column, size) - own_delta) * score.slope;
            }
            memory.ds[lane] = ds;
            warp_sync();
            const int count = (int)smaller(32, range.last - base);
            UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
                const int d = lane + 32 * n;
                if (d < size)
                    for (int m = 0; m < count; m++) sums[n] += memory.ds[m] * k[(base + m) * stride + column + d];
            }
            warp_sync();
        }
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
            const int d = lane + 32 * n;
            if (d < size) dq[i * gradient_stride + head * size + d] = sums[n];
        }
    }
}

KERNEL_BLOCKS(128, 3, attention_backward_kv_f32, float *RESTRICT dk, float *RESTRICT dv, i64 gradient_stride,
       const float *RESTRICT dout, i64 dout_stride, const float *RESTRICT lse, const float *RESTRICT delta,
       const float *RESTRICT q, const float *RESTRICT k, const float *RESTRICT v, i64 stride,
       const int *RESTRICT row_spans, i64 rows, i64 heads, i64 kv_heads, i64 head_size, float scale, float softcap,
       i64 causal, i64 window) {
    DYNAMIC_SHARED(shared);
    const i64 number = warp_number(), j = number / kv_heads, kv_head = number % kv_heads, group = heads / kv_heads;
    const int size = (int)head_size, lane = lane_index();
    const WarpMemory memory = warp_memory(shared, size);
    Range range = {0, 0};
    if (j < rows) range = seeing_queries(row_spans, j, causal, window);
    if (range.first < range.last) {
        copy_vector(memory.first, k + j * stride + kv_head * size, size);
        copy_vector(memory.second, v + j * stride + kv_head * size, size);
        warp_sync();
        float keys[LANE_ELEMENTS], values[LANE_ELEMENTS];
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) keys[n] = values[n] = 0;
        for (i64 head = kv_head * group; head < (kv_head + 1) * group; head++)
            for (i64 base = range.first; base < range.last; base += 32) {
                const i64 i = base + lane;
                float p = 0, ds = 0;
                if (i < range.last) {
                    const ScoreGradient score =
                        score_gradient(scale * dot(memory.first, q + i * stride + head * size, size), scale, softcap,
                                       lse[i * heads + head]);
                    p = score.p;
                    ds = p * (dot(memory.second, dout + i * dout_stride + head * size, size) - delta[i * heads + head]) *
                         score.slope;
                }
                memory.p[lane] = p;
                memory.ds[lane] = ds;
                warp_sync();
                const int count = (int)smaller(32, range.last - base);
                UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
                    const int d = lane + 32 * n;
                    if (d < size)
                        for (int m = 0; m < count; m++) {
                            values[n] += memory.p[m] * dout[(base + m) * dout_stride + head * size + d];
                            keys[n] += memory.ds[m] * q[(base + m) * stride + head * size + d];
                        }
                }
                warp_sync();
            }
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
            const int d = lane + 32 * n;
            if (d < size) {
                dk[j * gradient_stride + kv_head * size + d] = keys[n];
                dv[j * gradient_stride + kv_head * size + d] = values[n];
            }
        }
    }
}

/// Rows whose keys lie in several pieces. row_pieces [rows, 3]: its first piece, the one behind its last, its position.
/// pieces [n, 4]: 0 for the keys before the batch or 1 for the batch's own, first row there, number of rows, position of
/// the first. A row sees the keys of its pieces whose position is at most its own, and above that minus the window.
KERNEL_BLOCKS(128, 4, attention_branches, float *RESTRICT out, i64 out_stride, const float *RESTRICT q, const float *RESTRICT k,
       const float *RESTRICT v, i64 stride, const float *RESTRICT before_k, const float *RESTRICT before_v,
       i64 before_stride, const int *RESTRICT row_pieces, const int *RESTRICT pieces, i64 rows, i64 heads,
       i64 kv_heads, i64 head_size, float scale, float softcap, i64 window) {
    DYNAMIC_SHARED(shared);
    const i64 number = warp_number(), i = number / heads, head = number % heads;
    const int size = (int)head_size;
    const WarpMemory memory = warp_memory(shared, size);
    const int first = i < rows ? row_pieces[3 * i] : 0, last = i < rows ? row_pieces[3 * i + 1] : 0;
    if (first < last) {
        const i64 position = row_pieces[3 * i + 2], column = head / (heads / kv_heads) * size;
        copy_vector(memory.first, q + i * stride + head * size, size);
        warp_sync();
        Softmax state = empty_softmax();
        for (int number = first; number < last; number++) {
            const int *piece = pieces + 4 * number;
            const bool own = piece[0] != 0;
            const i64 start = piece[1], count = piece[2], origin = piece[3];
            const Range range = {start + larger(0, position - window + 1 - origin),
                                 start + smaller(count, position + 1 - origin)};
            attend(state, memory, (own ? k : before_k) + column, (own ? v : before_v) + column,
                   own ? stride : before_stride, range, size, scale, softcap);
        }
        write_softmax(out + i * out_stride + head * size, state, size);
    }
}

/// One query against the keys first ..< length, `chunk` of them a block: partial [splits, heads, head_size + 2] gets the
/// product with the values before the division, the largest score, and the sum.
KERNEL_BLOCKS(128, 4, attention_decode_partial, float *RESTRICT partial, const float *RESTRICT q, const float *RESTRICT k,
       const float *RESTRICT v, i64 stride, i64 length, i64 first, i64 heads, i64 kv_heads, i64 head_size,
       float scale, float softcap, i64 chunk) {
    DYNAMIC_SHARED(shared);
    const i64 head = warp_number(), split = block_y();
    const int size = (int)head_size;
    const WarpMemory memory = warp_memory(shared, size);
    if (head < heads) {
        const i64 column = head / (heads / kv_heads) * size, start = first + split * chunk;
        copy_vector(memory.first, q + head * size, size);
        warp_sync();
        Softmax state = empty_softmax();
        attend(state, memory, k + column, v + column, stride, Range{start, smaller(length, start + chunk)}, size, scale,
               softcap);
        float *to = partial + (split * heads + head) * (size + 2);
        UNROLL for (int n = 0; n < LANE_ELEMENTS; n++) {
            const int d = lane_index() + 32 * n;
            if (d < size) to[d] = state.out[n];
        }
        if (lane_index() == 0) {
            to[size] = state.largest;
            to[size + 1] = state.sum;
        }
    }
}

/// A block a head.
KERNEL(64, attention_decode_final, float *RESTRICT out, const float *RESTRICT partial, i64 splits, i64 heads,
       i64 head_size) {
    const i64 head = block_x(), size = head_size + 2;
    if (head < heads) {
        float largest = -bits_to_float(0x7f800000u), sum = 0;
        for (i64 n = 0; n < splits; n++)
            largest = fmaxf(largest, partial[(n * heads + head) * size + head_size]);
        for (i64 n = 0; n < splits; n++) {
            const float *own = partial + (n * heads + head) * size + head_size;
            sum += own[1] * expf(own[0] - largest);
        }
        for (i64 d = thread_x(); d < head_size; d += block_threads()) {
            float total = 0;
            for (i64 n = 0; n < splits; n++) {
                const float *own = partial + (n * heads + head) * size;
                total += own[d] * expf(own[head_size] - largest);
            }
            out[head * head_size + d] = total / sum;
        }
    }
}
