// What elementwise.cu, rows.cu and norms.cu do, for activations that are kept in bf16: every number becomes float32 when it is
// read, and is rounded once, when it is written. What is no activation stays float32.
#include "device.h"
#include "activation.h"
#include "vectors.h"

/// y = a + b; y may be a or b.
KERNEL(256, vector_sum_bf16, bf16 *y, const bf16 *a, const bf16 *b, i64 count) {
    if (by_eight(y, 0, count) && is_aligned(a, 16) && is_aligned(b, 16)) {
        FOR_EACH(piece, count / 8) {
            float x[8], z[8];
            load_eight(x, a + piece * 8);
            load_eight(z, b + piece * 8);
            UNROLL for (int i = 0; i < 8; i++) x[i] += z[i];
            store_eight(y + piece * 8, x);
        }
    } else {
        FOR_EACH(i, count) y[i] = to_bf16(from_bf16(a[i]) + from_bf16(b[i]));
    }
}

/// y[t,i] += bias[i]
KERNEL(256, add_bias_bf16, bf16 *y, i64 y_stride, const float *RESTRICT bias, i64 rows, i64 width) {
    FOR_EACH_COLUMN(i, width) {
        const float value = bias[i];
        FOR_EACH_ROW(t, rows) y[t * y_stride + i] = to_bf16(from_bf16(y[t * y_stride + i]) + value);
    }
}

/// y[t,i] = x[t,i], 0 for width ≤ i < padded.
KERNEL_BLOCKS(256, 4, copy_rows_bf16, bf16 *RESTRICT y, i64 y_stride, const bf16 *RESTRICT x, i64 x_stride, i64 rows, i64 width,
       i64 padded) {
    if (width == padded && by_eight(x, x_stride, width) && by_eight(y, y_stride, width)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8)
        *(Four *)(y + t * y_stride + piece * 8) = *(const Four *)(x + t * x_stride + piece * 8);
    } else {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(i, padded) y[t * y_stride + i] = i < width ? x[t * x_stride + i] : (bf16)0;
    }
}

/// y [rows, heads, padded] = x [rows, heads, head_size], 0 behind each head.
KERNEL_BLOCKS(256, 4, convert_heads_bf16, bf16 *RESTRICT y, const bf16 *RESTRICT x, i64 x_stride, i64 rows, i64 heads,
       i64 head_size, i64 padded) {
    const int width = (int)(heads * padded), size = (int)head_size, wide = (int)padded;
    if (size == wide && by_eight(x, x_stride, wide) && is_aligned(y, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8)
        *(Four *)(y + t * width + piece * 8) = *(const Four *)(x + t * x_stride + piece * 8);
        return;
    }
    FOR_EACH_ROW(t, rows)
    FOR_EACH_COLUMN(column, width) {
        const int head = (int)column / wide, i = (int)column % wide;
        y[t * width + column] = i < size ? x[t * x_stride + head * size + i] : (bf16)0;
    }
}

/// y[i] = x[rows[i]], to float32.
KERNEL(256, gather_rows_bf16, float *RESTRICT y, const bf16 *RESTRICT x, const int *RESTRICT rows, i64 count,
       i64 width) {
    FOR_EACH_ROW(i, count) {
        const bf16 *from = x + rows[i] * width;
        FOR_EACH_COLUMN(j, width) y[i * width + j] = from_bf16(from[j]);
    }
}

/// y[rows[i]] = x[i], from float32; no row is named twice.
KERNEL(256, scatter_rows_bf16, bf16 *RESTRICT y, const float *RESTRICT x, const int *RESTRICT rows, i64 count,
       i64 width) {
    FOR_EACH_ROW(i, count) {
        bf16 *to = y + rows[i] * width;
        FOR_EACH_COLUMN(j, width) to[j] = to_bf16(x[i * width + j]);
    }
}

/// As `rotary`.
KERNEL(256, rotary_bf16, bf16 *x, i64 x_stride, const float *RESTRICT cosine, const float *RESTRICT sine,
       const int *RESTRICT positions, i64 rows, i64 heads, i64 head_size, i64 rotary_size, float direction) {
    const int half = (int)(rotary_size / 2), size = (int)head_size;
    FOR_EACH_ROW(t, rows) {
        const i64 position = positions[t];
        FOR_EACH_COLUMN(column, heads * half) {
            const int head = (int)column / half, j = (int)column % half;
            bf16 *low = x + t * x_stride + head * size + j, *high = low + half;
            const float c = cosine[position * half + j], s = sine[position * half + j] * direction;
            const float a = from_bf16(*low), b = from_bf16(*high);
            *low = to_bf16(a * c - b * s);
            *high = to_bf16(b * c + a * s);
        }
    }
}

/// As `gated_forward`.
KERNEL_BLOCKS(256, 4, gated_forward_bf16, bf16 *RESTRICT y, const bf16 *RESTRICT gate_up, i64 kind, i64 rows, i64 width) {
    const int f = (int)kind;
    if (by_eight(y, 0, width) && is_aligned(gate_up, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8) {
            const bf16 *row = gate_up + t * 2 * width + piece * 8;
            float gate[8], up[8];
            load_eight(gate, row);
            load_eight(up, row + width);
            UNROLL for (int i = 0; i < 8; i++) gate[i] = activate(f, gate[i]) * up[i];
            store_eight(y + t * width + piece * 8, gate);
        }
        return;
    }
    FOR_EACH_ROW(t, rows)
    FOR_EACH_COLUMN(i, width) {
        const bf16 *row = gate_up + t * 2 * width;
        y[t * width + i] = to_bf16(activate(f, from_bf16(row[i])) * from_bf16(row[width + i]));
    }
}

/// As `gated_backward`: d_gate_up may be gate_up.
KERNEL_BLOCKS(256, 4, gated_backward_bf16, bf16 *d_gate_up, const bf16 *RESTRICT dy, const bf16 *gate_up, i64 kind, i64 rows,
       i64 width) {
    const int f = (int)kind;
    const bool eights = by_eight(dy, 0, width) && is_aligned(gate_up, 16) && is_aligned(d_gate_up, 16);
    FOR_EACH_ROW(t, rows)
    FOR_EACH_COLUMN(piece, eights ? width / 8 : width) {
        const i64 in = t * width + (eights ? piece * 8 : piece), at = in + t * width;
        float gate[8], up[8], d[8];
        if (eights) {
            load_eight(gate, gate_up + at);
            load_eight(up, gate_up + at + width);
            load_eight(d, dy + in);
            UNROLL for (int i = 0; i < 8; i++) {
                float value, slope;
                activate_with_slope(f, gate[i], &value, &slope);
                gate[i] = d[i] * up[i] * slope;
                up[i] = d[i] * value;
            }
            store_eight(d_gate_up + at, gate);
            store_eight(d_gate_up + at + width, up);
        } else {
            float value, slope;
            activate_with_slope(f, from_bf16(gate_up[at]), &value, &slope);
            const float other = from_bf16(gate_up[at + width]), own = from_bf16(dy[in]);
            d_gate_up[at] = to_bf16(own * other * slope);
            d_gate_up[at + width] = to_bf16(own * value);
        }
    }
}

/// y = f(x); y may be x.
KERNEL_BLOCKS(256, 4, activation_forward_bf16, bf16 *y, const bf16 *x, i64 kind, i64 count) {
    const int f = (int)kind;
    FOR_EACH(i, count) y[i] = to_bf16(activate(f, from_bf16(x[i])));
}

/// dx = dy · f'(x); dx may be dy or x.
KERNEL_BLOCKS(256, 4, activation_backward_bf16, bf16 *dx, const bf16 *dy, const bf16 *x, i64 kind, i64 count) {
    const int f = (int)kind;
    FOR_EACH(i, count) {
        float value, slope;
        activate_with_slope(f, from_bf16(x[i]), &value, &slope);
        dx[i] = to_bf16(from_bf16(dy[i]) * slope);
    }
}

/// delta [rows, heads] = Σ dout · out over a head's elements; a warp a head of a row.
KERNEL(128, attention_delta_bf16, float *RESTRICT delta, const bf16 *RESTRICT dout, i64 dout_stride,
       const bf16 *RESTRICT out, i64 out_stride, i64 rows, i64 heads, i64 head_size) {
    const i64 number = block_x() * (block_threads() / 32) + warp_index(), i = number / heads, head = number % heads;
    float sum = 0;
    if (i < rows)
        for (i64 d = lane_index(); d < head_size; d += 32)
            sum += from_bf16(dout[i * dout_stride + head * head_size + d]) *
                   from_bf16(out[i * out_stride + head * head_size + d]);
    sum = warp_sum(sum);
    if (i < rows && lane_index() == 0) delta[number] = sum;
}
