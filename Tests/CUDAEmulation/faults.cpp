// Kernels that break a rule, each in its own way: the emulation must notice.
#include "../../Sources/CUDAKernels/kernels/device.h"

/// Half of the threads don't reach the barrier.
KERNEL(64, fault_divergent_barrier, float *y) {
    if (thread_x() < 32) block_sync();
    y[thread_x()] = 1;
}

/// One lane doesn't take part in the sum.
KERNEL(32, fault_missing_lane, float *y) {
    if (thread_x() != 5) y[thread_x()] = warp_sum(1.0f);
}

/// Lanes meet in different operations.
KERNEL(32, fault_mixed_operations, float *y) {
    if (thread_x() < 16)
        y[thread_x()] = shuffle_xor(1.0f, 1);
    else
        warp_sync();
}

/// Reads what another warp writes, without a barrier between: right in one order of the threads only.
KERNEL(64, fault_missing_barrier, float *y) {
    SHARED(float, shared, 64);
    shared[thread_x()] = (float)thread_x();
    y[thread_x()] = shared[63 - thread_x()];
}

/// Reads a copy that it doesn't wait for.
KERNEL(32, fault_missing_wait, float *y, const float *x) {
    SHARED(float, shared, 128);
    copy_async(shared + 4 * thread_x(), x + 4 * thread_x(), 16);
    copy_commit();
    block_sync();
    y[thread_x()] = shared[thread_x()];
}

KERNEL(32, fault_misaligned_copy, float *y, const float *x) {
    SHARED(float, shared, 132);
    copy_async(shared + 1, x, 16);
    y[thread_x()] = shared[thread_x()];
}

KERNEL(32, fault_misaligned_matrix, float *y) {
    SHARED(bf16, shared, 32 * 8 + 1);
    u32 r[4];
    load_matrices(r, shared + thread_x() * 8 + 1);
    y[thread_x()] = (float)r[0];
}

/// Reads shared memory that nobody wrote.
KERNEL(32, fault_unwritten, float *y) {
    SHARED(float, shared, 32);
    y[thread_x()] = shared[thread_x()];
}
