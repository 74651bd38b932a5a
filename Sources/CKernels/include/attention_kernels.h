#ifndef CONSILIUM_ATTENTION_KERNELS_H
#define CONSILIUM_ATTENTION_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Attention of the query heads that share one key-value head, within one sequence. No allocation, no global state, no
// threads. All pointers are to the first element of the sequence's first row for the first of these heads.

/// What stays the same over a call. Token i sees the tokens max(0, i - window + 1)...i where `causal`, else all.
typedef struct {
    ptrdiff_t length;    // tokens of the sequence
    ptrdiff_t group;     // query heads; they lie side by side
    ptrdiff_t head_size;
    ptrdiff_t stride;    // between rows of queries, keys and values
    ptrdiff_t out_stride;
    ptrdiff_t gradient_stride; // between rows of dq, dk and dv
    ptrdiff_t dout_stride;
    ptrdiff_t lse_stride; // between rows of log-sum-exp; its heads lie side by side
    ptrdiff_t window;    // at least 1; `length` or more: no window
    int32_t causal;
    float scale;
    float softcap;       // 0: none
} consilium_attention;

/// Floats of scratch memory: O(length), never O(length^2).
ptrdiff_t consilium_attention_forward_scratch(ptrdiff_t length, ptrdiff_t head_size);
ptrdiff_t consilium_attention_backward_scratch(ptrdiff_t length, ptrdiff_t head_size);

/// out[i,h] = sum_j softmax_j(cap(scale * q[i,h]·k[j])) v[j]. `lse` keeps log-sum-exp of the scores for the backward
/// pass.
void consilium_attention_forward(const consilium_attention *a, float *out, float *lse, const float *q, const float *k,
                                 const float *v, float *scratch);

/// The same for the last `length - past` tokens of a sequence alone: `q` and `out` begin at token `past`, while `k` and
/// `v` hold all `length` tokens, `key_stride` apart. The scratch memory is that of the forward pass.
void consilium_attention_extend(const consilium_attention *a, ptrdiff_t past, ptrdiff_t key_stride, float *out,
                                const float *q, const float *k, const float *v, float *scratch);

/// Writes dq, dk, dv from dout and what the forward pass kept. The probabilities are recomputed from `lse` block by
/// block (Dao et al. 2022, algorithm 4).
void consilium_attention_backward(const consilium_attention *a, float *dq, float *dk, float *dv, const float *dout,
                                  const float *out, const float *lse, const float *q, const float *k, const float *v,
                                  float *scratch);

/// One query against `length` keys and values for one query head; the caller has applied the window. `scores` [length].
void consilium_attention_decode(float *out, const float *q, const float *keys, const float *values,
                                ptrdiff_t kv_stride, ptrdiff_t length, ptrdiff_t head_size, float scale, float softcap,
                                float *scores);

#endif
