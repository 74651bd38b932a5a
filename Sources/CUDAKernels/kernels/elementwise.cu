// Vectors, rows of matrices, number formats, positions and activations: everything that reads and writes each number once.
#include "device.h"
#include "activation.h"
#include "vectors.h"

/// y += x
KERNEL(256, vector_add, float *y, const float *x, i64 count) {
    FOR_EACH(i, count) y[i] += x[i];
}

/// y = a + b; y may be a or b.
KERNEL(256, vector_sum, float *y, const float *a, const float *b, i64 count) {
    FOR_EACH(i, count) y[i] = a[i] + b[i];
}

/// x *= factor
KERNEL(256, vector_scale, float *x, float factor, i64 count) {
    FOR_EACH(i, count) x[i] *= factor;
}

/// y += factor · x
KERNEL(256, vector_add_scaled, float *y, const float *x, float factor, i64 count) {
    FOR_EACH(i, count) y[i] += factor * x[i];
}

KERNEL(256, vector_fill, float *y, float value, i64 count) {
    FOR_EACH(i, count) y[i] = value;
}

/// y[t,i] += bias[i]
KERNEL(256, add_bias, float *y, i64 y_stride, const float *RESTRICT bias, i64 rows, i64 width) {
    FOR_EACH_COLUMN(i, width) {
        const float value = bias[i];
        FOR_EACH_ROW(t, rows) y[t * y_stride + i] += value;
    }
}

/// y[t,i] = x[t,i]
KERNEL(256, copy_rows, float *RESTRICT y, i64 y_stride, const float *RESTRICT x, i64 x_stride, i64 rows, i64 width) {
    FOR_EACH_ROW(t, rows) FOR_EACH_COLUMN(i, width) y[t * y_stride + i] = x[t * x_stride + i];
}

/// y[t,i] = x[t,i] as bf16, 0 for width ≤ i < padded.
KERNEL(256, convert_bfloat16, bf16 *RESTRICT y, i64 y_stride, const float *RESTRICT x, i64 x_stride, i64 rows,
       i64 width, i64 padded) {
    if (width % 8 == 0 && width == padded && y_stride % 8 == 0 && x_stride % 4 == 0 && is_aligned(x, 16) &&
        is_aligned(y, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8) {
            float values[8];
            load_eight(values, x + t * x_stride + piece * 8);
            store_eight(y + t * y_stride + piece * 8, values);
        }
    } else {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(i, padded) y[t * y_stride + i] = i < width ? to_bf16(x[t * x_stride + i]) : (bf16)0;
    }
}

KERNEL(256, convert_float32, float *RESTRICT y, i64 y_stride, const bf16 *RESTRICT x, i64 x_stride, i64 rows,
       i64 width) {
    FOR_EACH_ROW(t, rows) FOR_EACH_COLUMN(i, width) y[t * y_stride + i] = from_bf16(x[t * x_stride + i]);
}

/// y [rows, heads, padded] = x [rows, heads, head_size] as bf16, 0 behind each head.
KERNEL(256, convert_heads, bf16 *RESTRICT y, const float *RESTRICT x, i64 x_stride, i64 rows, i64 heads,
       i64 head_size, i64 padded) {
    const int width = (int)(heads * padded), size = (int)head_size, wide = (int)padded;
    if (size == wide && wide % 8 == 0 && x_stride % 4 == 0 && is_aligned(x, 16) && is_aligned(y, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8) {
            float values[8];
            load_eight(values, x + t * x_stride + piece * 8);
            store_eight(y + t * width + piece * 8, values);
        }
        return;
    }
    FOR_EACH_ROW(t, rows)
    FOR_EACH_COLUMN(column, width) {
        const int head = (int)column / wide, i = (int)column % wide;
        y[t * width + column] = i < size ? to_bf16(x[t * x_stride + head * size + i]) : (bf16)0;
    }
}

/// Rotates in place the pairs (j, j + rotary_size / 2) of every head (Su et al. 2021). cosine, sine: [positions,
/// rotary_size / 2]. direction -1: the inverse, which is the gradient.
KERNEL(256, rotary, float *x, i64 x_stride, const float *RESTRICT cosine, const float *RESTRICT sine,
       const int *RESTRICT positions, i64 rows, i64 heads, i64 head_size, i64 rotary_size, float direction) {
    const int half = (int)(rotary_size / 2), size = (int)head_size;
    FOR_EACH_ROW(t, rows) {
        const i64 position = positions[t];
        FOR_EACH_COLUMN(column, heads * half) {
            const int head = (int)column / half, j = (int)column % half;
            float *low = x + t * x_stride + head * size + j, *high = low + half;
            const float c = cosine[position * half + j], s = sine[position * half + j] * direction;
            const float a = *low, b = *high;
            *low = a * c - b * s;
            *high = b * c + a * s;
        }
    }
}

/// y[t,i] = f(gate_up[t,i]) · gate_up[t,width+i] (Shazeer 2020); y is dense.
KERNEL(256, gated_forward, float *RESTRICT y, const float *RESTRICT gate_up, i64 kind, i64 rows, i64 width) {
    const int f = (int)kind;
    if (width % 8 == 0 && is_aligned(y, 16) && is_aligned(gate_up, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 8) {
            const float *row = gate_up + t * 2 * width + piece * 8;
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
        const float *row = gate_up + t * 2 * width;
        y[t * width + i] = activate(f, row[i]) * row[width + i];
    }
}

/// d_gate_up may be gate_up.
KERNEL(256, gated_backward, float *d_gate_up, const float *RESTRICT dy, const float *gate_up, i64 kind, i64 rows,
       i64 width) {
    const int f = (int)kind;
    if (width % 4 == 0 && is_aligned(dy, 16) && is_aligned(gate_up, 16) && is_aligned(d_gate_up, 16)) {
        FOR_EACH_ROW(t, rows)
        FOR_EACH_COLUMN(piece, width / 4) {
            const i64 at = t * 2 * width + piece * 4;
            Four gate = *(const Four *)(gate_up + at), up = *(const Four *)(gate_up + at + width);
            const Four d = *(const Four *)(dy + t * width + piece * 4);
            UNROLL for (int i = 0; i < 4; i++) {
                float value, slope;
                activate_with_slope(f, bits_to_float(gate.word[i]), &value, &slope);
                gate.word[i] = float_to_bits(bits_to_float(d.word[i]) * bits_to_float(up.word[i]) * slope);
                up.word[i] = float_to_bits(bits_to_float(d.word[i]) * value);
            }
            *(Four *)(d_gate_up + at) = gate;
            *(Four *)(d_gate_up + at + width) = up;
        }
        return;
    }
    FOR_EACH_ROW(t, rows)
    FOR_EACH_COLUMN(i, width) {
        const i64 at = t * 2 * width + i;
        const float gate = gate_up[at], up = gate_up[at + width], d = dy[t * width + i];
        float value, slope;
        activate_with_slope(f, gate, &value, &slope);
        d_gate_up[at] = d * up * slope;
        d_gate_up[at + width] = d * value;
    }
}

/// y = f(x); y may be x.
KERNEL(256, activation_forward, float *y, const float *x, i64 kind, i64 count) {
    const int f = (int)kind;
    FOR_EACH(i, count) y[i] = activate(f, x[i]);
}

/// dx = dy · f'(x); dx may be dy or x.
KERNEL(256, activation_backward, float *dx, const float *dy, const float *x, i64 kind, i64 count) {
    const int f = (int)kind;
    FOR_EACH(i, count) {
        float value, slope;
        activate_with_slope(f, x[i], &value, &slope);
        dx[i] = dy[i] * slope;
    }
}

/// x = cap · tanh(x / cap)
KERNEL(256, softcap, float *x, float cap, i64 count) {
    FOR_EACH(i, count) x[i] = cap * tanhf(x[i] / cap);
}
