// What a private step does with the gradients of patients: their products by segments of rows, norms, clipping, the sum
// and AdamW. All sums have a fixed order.
#include "device.h"
#include "tile_f32.h"

/// partial[v,b] = Σ x[v,i]² over the elements that block b of `grid_x` takes, in double precision.
KERNEL(256, squared_norm_partial, double *RESTRICT partial, const float *RESTRICT x, i64 x_stride, i64 vectors,
       i64 count) {
    SHARED(double, scratch, 32);
    for (i64 v = block_y(); v < vectors; v += grid_y()) {
        double sum = 0;
        FOR_EACH(i, count) {
            const double value = (double)x[v * x_stride + i];
            sum += value * value;
        }
        sum = block_sum(sum, scratch);
        if (thread_x() == 0) partial[v * grid_x() + block_x()] = sum;
    }
}

/// squared[v] = Σ_b partial[v,b], in order.
KERNEL(256, squared_norm_final, float *RESTRICT squared, const double *RESTRICT partial, i64 blocks, i64 vectors) {
    FOR_EACH(v, vectors) {
        double sum = 0;
        for (i64 b = 0; b < blocks; b++) sum += partial[v * blocks + b];
        squared[v] = (float)sum;
    }
}

/// factors[v] = min(1, clip / √squared[v]); 0 where that is no number.
KERNEL(256, clip_factors, float *RESTRICT factors, const float *RESTRICT squared, i64 vectors, float clip) {
    FOR_EACH(v, vectors) {
        const float square = squared[v];
        const bool finite = square >= 0.0f && square <= 3.402823466e38f;
        const float norm = finite ? sqrtf(square) : 0.0f;
        factors[v] = !finite ? 0.0f : norm > clip ? clip / norm : 1.0f;
    }
}

/// sum[i] += Σ_v factors[v] · x[v,i], in order; a vector whose factor is 0 is not read.
KERNEL(256, accumulate_clipped, float *RESTRICT sum, const float *RESTRICT x, i64 x_stride,
       const float *RESTRICT factors, i64 vectors, i64 count) {
    FOR_EACH(i, count) {
        float total = sum[i];
        for (i64 v = 0; v < vectors; v++) {
            const float factor = factors[v];
            if (factor != 0.0f) total += factor * x[v * x_stride + i];
        }
        sum[i] = total;
    }
}

/// AdamW (Loshchilov & Hutter 2019), the decay decoupled as in PyTorch. scalars: rate, beta1, beta2, epsilon, decay,
/// 1 - beta1^t, 1 - beta2^t, and a factor for the gradient.
KERNEL(256, adamw, float *RESTRICT parameters, const float *RESTRICT gradient, float *RESTRICT first,
       float *RESTRICT second, i64 count, const float *RESTRICT scalars) {
    const float rate = scalars[0], beta1 = scalars[1], beta2 = scalars[2], epsilon = scalars[3], decay = scalars[4];
    const float keep = 1.0f - rate * decay, step = rate / scalars[5], root = 1.0f / sqrtf(scalars[6]);
    const float factor = scalars[7];
    FOR_EACH(i, count) {
        const float g = factor * gradient[i];
        const float m = beta1 * first[i] + (1.0f - beta1) * g;
        const float v = beta2 * second[i] + (1.0f - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameters[i] = parameters[i] * keep - step * m / (sqrtf(v) * root + epsilon);
    }
}

/// The gradient of one factor of an adapter for every segment of rows: partial[s, split][l, r] = Σ left[t,l] · right[t,r]
/// over the rows t of the split of segment s. segments [n, 2]: first row and number of rows.
KERNEL_BLOCKS(256, 2, lora_gradient_partial, float *RESTRICT partial, const float *left, i64 left_stride, const float *right,
       i64 right_stride, const int *RESTRICT segments, i64 count, i64 splits, i64 left_width, i64 right_width,
       i64 chunk) {
    SHARED(float, shared, TILE_FLOATS);
    const i64 segment = block_z() / splits, split = block_z() % splits;
    const bool inside = segment < count;
    const i64 start = inside ? segments[2 * segment] : 0, length = inside ? segments[2 * segment + 1] : 0;
    const i64 row = block_x() * TILE, column = block_y() * TILE;
    float sums[4][4];
    tile_product(sums, shared, Operand{left + start * left_stride, left_stride, false},
                 Operand{right + start * right_stride, right_stride, false}, left_width, right_width, row, column,
                 split * chunk, smaller(length, (split + 1) * chunk));
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int j = 0; j < 4; j++) {
        const i64 l = row + thread_x() / 16 * 4 + i, r = column + thread_x() % 16 * 4 + j;
        if (inside && l < left_width && r < right_width)
            partial[((segment * splits + split) * left_width + l) * right_width + r] = sums[i][j];
    }
}

/// gradient[s · gradient_stride + l · row_stride + r] (+)= alpha · Σ partial[s, split][l, r], the splits in order.
KERNEL(256, lora_gradient_final, float *RESTRICT gradient, i64 gradient_stride, i64 row_stride,
       const float *RESTRICT partial, i64 count, i64 splits, i64 left_width, i64 right_width, float alpha,
       i64 accumulate) {
    const i64 size = left_width * right_width;
    FOR_EACH(index, count * size) {
        const i64 segment = index / size, element = index % size;
        float sum = 0;
        for (i64 split = 0; split < splits; split++) sum += partial[(segment * splits + split) * size + element];
        float *to = gradient + segment * gradient_stride + element / right_width * row_stride + element % right_width;
        *to = accumulate ? *to + alpha * sum : alpha * sum;
    }
}
