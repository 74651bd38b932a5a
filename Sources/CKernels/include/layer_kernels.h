#ifndef CONSILIUM_LAYER_KERNELS_H
#define CONSILIUM_LAYER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Norms, positions, activations and the loss, forward and backward. Row-major float32; no allocation, no global
// state, no threads: the same input gives the same bits on the same kind of processor. `stride` is the distance
// between the first elements of two rows. Buffers must not overlap unless a function says so.

// MARK: Norms. A row has `groups` vectors of `width` elements, one behind the other.

/// y = (x - mean) * r * weight (+ bias), r = 1 / sqrt(mean((x - mean)^2) + epsilon). Not `centered`: mean is taken
/// as 0, the root-mean-square norm (Zhang & Sennrich 2019); else the layer norm (Ba et al. 2016). `statistics`
/// [rows, groups, 2] gets mean and r. `bias` may be null; y may be x.
void consilium_norm_forward(int32_t centered, float *y, ptrdiff_t y_stride, float *statistics, const float *x,
                            ptrdiff_t x_stride, const float *weight, const float *bias, ptrdiff_t rows,
                            ptrdiff_t groups, ptrdiff_t width, float epsilon);

/// Writes, or with `accumulate` adds, the gradient of the norm with respect to x. dx may be dy.
void consilium_norm_backward(int32_t centered, int32_t accumulate, float *dx, ptrdiff_t dx_stride, const float *dy,
                             ptrdiff_t dy_stride, const float *x, ptrdiff_t x_stride, const float *weight,
                             const float *statistics, ptrdiff_t rows, ptrdiff_t groups, ptrdiff_t width);

/// Adds to d_weight, and to d_bias where it is not null, their gradients for the columns first..<last of `width`.
void consilium_norm_weight_gradient(float *d_weight, float *d_bias, const float *dy, ptrdiff_t dy_stride,
                                    const float *x, ptrdiff_t x_stride, const float *statistics, ptrdiff_t rows,
                                    ptrdiff_t groups, ptrdiff_t width, ptrdiff_t first, ptrdiff_t last);

// MARK: Rotary positions (Su et al. 2021), half-split pairs (j, j + rotary/2) as in Hugging Face checkpoints

/// Rotates in place the first `rotary` elements of each of `heads` heads of every row. `cosine` and `sine` are
/// [positions, rotary/2]. `direction` +1 rotates forward; -1 is the inverse, which is the gradient.
void consilium_rotary(float *x, ptrdiff_t stride, const float *cosine, const float *sine, const int32_t *positions,
                      ptrdiff_t tokens, ptrdiff_t heads, ptrdiff_t head_size, ptrdiff_t rotary, float direction);

// MARK: Activations. NaN and, but for ReLU, infinity give NaN.

enum { CONSILIUM_SILU, CONSILIUM_GELU, CONSILIUM_GELU_TANH, CONSILIUM_RELU, CONSILIUM_TANH };

/// y[t,i] = f(gate_up[t,i]) * gate_up[t,width+i] (Shazeer 2020); gate_up is [tokens, 2*width], y dense.
void consilium_gated_forward(int32_t kind, float *y, const float *gate_up, ptrdiff_t tokens, ptrdiff_t width);
/// d_gate_up [tokens, 2*width] from dy [tokens, width]; d_gate_up may be gate_up.
void consilium_gated_backward(int32_t kind, float *d_gate_up, const float *dy, const float *gate_up, ptrdiff_t tokens,
                              ptrdiff_t width);
/// y = f(x); y may be x.
void consilium_activation_forward(int32_t kind, float *y, const float *x, ptrdiff_t count);
/// dx = dy * f'(x); dx may be dy or x.
void consilium_activation_backward(int32_t kind, float *dx, const float *dy, const float *x, ptrdiff_t count);

// MARK: The head

/// x = cap * tanh(x / cap)
void consilium_softcap(float *x, float cap, ptrdiff_t count);

/// For every row, with the logits capped where `cap` is not 0: losses[t] = logsumexp(logits[t]) - logits[t,targets[t]].
/// If `weights` is not null, the logits become weights[t] * d losses[t] / d logits (before the cap) in place. A NaN
/// or an infinity in a row makes its loss NaN.
void consilium_cross_entropy(float *logits, float *losses, const int32_t *targets, const float *weights,
                             ptrdiff_t tokens, ptrdiff_t vocabulary, float cap);

#endif
