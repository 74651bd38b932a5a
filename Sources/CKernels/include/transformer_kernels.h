#ifndef CONSILIUM_TRANSFORMER_KERNELS_H
#define CONSILIUM_TRANSFORMER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The hot loops of the transformer, forward and backward. Row-major float32; no allocation, no global state, no
// threads: the same input gives the same bits on the same kind of processor. `stride` is the distance between the first
// elements of two rows. Buffers must not overlap unless a function says so.

// MARK: Root-mean-square norm (Zhang & Sennrich 2019)

/// y[t,i] = x[t,i] * rstd[t] * weight[i] with rstd[t] = 1 / sqrt(mean_i x[t,i]^2 + epsilon). `rstd` [tokens] is kept for
/// the backward pass.
void consilium_rmsnorm_forward(float *y, float *rstd, const float *x, const float *weight, ptrdiff_t tokens,
                               ptrdiff_t width, float epsilon);

/// Adds to dx [tokens,width] the gradient of the norm with respect to x. No gradient for the weight, which is frozen.
void consilium_rmsnorm_backward_add(float *dx, const float *dy, const float *x, const float *weight,
                                    const float *rstd, ptrdiff_t tokens, ptrdiff_t width);

// MARK: Rotary positions (Su et al. 2021), half-split pairs (j, j + rotary/2) as in Hugging Face checkpoints

/// Rotates in place the first `rotary` elements of each of `heads` heads of every row. `cosine` and `sine` are
/// [positions, rotary/2]. `direction` +1 rotates forward; -1 is the inverse, which is the gradient.
void consilium_rotary(float *x, ptrdiff_t stride, const float *cosine, const float *sine, const int32_t *positions,
                      ptrdiff_t tokens, ptrdiff_t heads, ptrdiff_t head_size, ptrdiff_t rotary, float direction);

// MARK: Causal attention of one sequence, grouped heads

/// Floats of scratch memory that one call needs: O(length), never O(length^2).
ptrdiff_t consilium_attention_scratch(ptrdiff_t length, ptrdiff_t head_size);

/// out[i,h] = sum_{j<=i} softmax_j(scale * q[i,h]·k[j,h']) v[j,h'], h' = h / (heads / kv_heads).
/// `lse` [heads,length] keeps log-sum-exp of the scaled scores for the backward pass.
void consilium_attention_forward(float *out, ptrdiff_t out_stride, float *lse, const float *q, const float *k,
                                 const float *v, ptrdiff_t stride, ptrdiff_t length, ptrdiff_t heads,
                                 ptrdiff_t kv_heads, ptrdiff_t head_size, float scale, float *scratch);

/// Writes dq, dk, dv (row distance `stride`, like q, k, v) from dout and what the forward pass kept. The probabilities
/// are recomputed from `lse` block by block (Dao et al. 2022, algorithm 4).
void consilium_attention_backward(float *dq, float *dk, float *dv, const float *dout, const float *out,
                                  ptrdiff_t out_stride, const float *lse, const float *q, const float *k,
                                  const float *v, ptrdiff_t stride, ptrdiff_t length, ptrdiff_t heads,
                                  ptrdiff_t kv_heads, ptrdiff_t head_size, float scale, float *scratch);

/// One new token against the cached keys and values of `length` tokens: out [heads*head_size]. `scores` [length].
void consilium_attention_decode(float *out, const float *q, const float *keys, const float *values,
                                ptrdiff_t kv_stride, ptrdiff_t length, ptrdiff_t heads, ptrdiff_t kv_heads,
                                ptrdiff_t head_size, float scale, float *scores);

// MARK: SwiGLU (Shazeer 2020)

/// y[t,i] = silu(gate_up[t,i]) * gate_up[t,width+i]; gate_up is [tokens, 2*width].
void consilium_swiglu_forward(float *y, const float *gate_up, ptrdiff_t tokens, ptrdiff_t width);

/// d_gate_up [tokens,2*width] from dy [tokens,width].
void consilium_swiglu_backward(float *d_gate_up, const float *dy, const float *gate_up, ptrdiff_t tokens,
                               ptrdiff_t width);

// MARK: Softmax cross-entropy

/// For every row: losses[t] = logsumexp(logits[t]) - logits[t,targets[t]]. If `weights` is not null, the logits become
/// weights[t] * d losses[t] / d logits in place. A NaN in a row makes its loss NaN.
void consilium_cross_entropy(float *logits, float *losses, const int32_t *targets, const float *weights,
                             ptrdiff_t tokens, ptrdiff_t vocabulary);

// MARK: Optimisers

/// AdamW (Loshchilov & Hutter 2019), the decay decoupled as in PyTorch. `correction1` = 1 - beta1^t and
/// `correction2` = 1 - beta2^t.
void consilium_adamw(float *parameters, const float *gradient, float *first, float *second, ptrdiff_t count,
                     float rate, float beta1, float beta2, float epsilon, float decay, float correction1,
                     float correction2);

// MARK: Vectors

/// Sum of squares, accumulated in double precision.
double consilium_squared_norm(const float *x, ptrdiff_t count);
/// x *= factor
void consilium_scale(float *x, float factor, ptrdiff_t count);
/// y += x
void consilium_add(float *y, const float *x, ptrdiff_t count);
/// sum += factor * x, in double precision.
void consilium_add_scaled_to_double(double *sum, const float *x, double factor, ptrdiff_t count);
/// Adds `bias` [width] to each row of y [tokens,width].
void consilium_add_bias(float *y, ptrdiff_t stride, const float *bias, ptrdiff_t tokens, ptrdiff_t width);
/// y[i] = x[rows[i]]
void consilium_gather_rows(float *y, const float *x, const int32_t *rows, ptrdiff_t count, ptrdiff_t width);
/// y[rows[i]] = x[i]
void consilium_scatter_rows(float *y, const float *x, const int32_t *rows, ptrdiff_t count, ptrdiff_t width);

// MARK: Number formats. The 16-bit side may be unaligned, as in a mapped foreign file.

void consilium_bfloat16_to_float(float *y, const void *x, ptrdiff_t count);
void consilium_float16_to_float(float *y, const void *x, ptrdiff_t count);
/// Round to nearest even; a NaN stays a NaN.
void consilium_float_to_bfloat16(void *y, const float *x, ptrdiff_t count);

#endif
