// The only primitives that kernels use. On the device they are PTX and built-ins, so that no NVIDIA header is needed; in
// the tests the same names are the emulation's.
//
// Rules for kernels:
// - every parameter is a pointer, an i64 or a float, so that each fits one eight-byte slot;
// - all 32 lanes of a warp reach every warp operation, all threads of a block every barrier; no return before one;
// - no atomics: sums over blocks have two stages with a fixed order, so that equal inputs give equal bits;
// - every index is checked against its bound before memory is touched.
#pragma once

typedef unsigned short bf16;
typedef unsigned int u32;
typedef long long i64;

#ifdef __CUDACC_RTC__

#define KERNEL_NAMED(threads, blocks, name, ...) \
    extern "C" __global__ void __launch_bounds__(threads, blocks) name(__VA_ARGS__)
#define DEVICE static __device__ __forceinline__
#define DEVICE_MEMBER __device__ __forceinline__
#define RESTRICT __restrict__
#define SHARED(type, name, count) __shared__ __align__(16) type name[count]
#define DYNAMIC_SHARED(name) extern __shared__ __align__(16) unsigned char name[]
#define UNROLL _Pragma("unroll")
#define UNROLL_BY_4 _Pragma("unroll 4")
#define UNROLL_BY_1 _Pragma("unroll 1")

DEVICE int thread_x() { return (int)threadIdx.x; }
DEVICE int thread_y() { return (int)threadIdx.y; }
DEVICE i64 block_x() { return (i64)blockIdx.x; }
DEVICE i64 block_y() { return (i64)blockIdx.y; }
DEVICE i64 block_z() { return (i64)blockIdx.z; }
DEVICE i64 grid_x() { return (i64)gridDim.x; }
DEVICE i64 grid_y() { return (i64)gridDim.y; }
DEVICE int block_threads() { return (int)blockDim.x; }

DEVICE float bits_to_float(u32 bits) { return __uint_as_float(bits); }
DEVICE u32 float_to_bits(float value) { return __float_as_uint(value); }

DEVICE bf16 to_bf16(float value) {
    bf16 result;
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(result) : "f"(value));
    return result;
}

/// Two values in one register, `low` in the low half.
DEVICE u32 pack_bf16(float low, float high) {
    u32 result;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(result) : "f"(high), "f"(low));
    return result;
}

/// 2^x, relative error 2^-22, subnormal results are 0.
DEVICE float fast_exp2(float x) {
    float y;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
    return y;
}

DEVICE void block_sync() { __syncthreads(); }
DEVICE void warp_sync() { __syncwarp(0xffffffffu); }
DEVICE float shuffle_xor(float value, int mask) { return __shfl_xor_sync(0xffffffffu, value, mask); }
DEVICE double shuffle_xor(double value, int mask) { return __shfl_xor_sync(0xffffffffu, value, mask); }

DEVICE u32 shared_address(const void *p) { return (u32)__cvta_generic_to_shared(p); }

/// d[16,8] += a[16,16] · b[16,8], fragments as PTX ISA has them for mma.m16n8k16.
DEVICE void mma_bf16(float *d, const u32 *a, const u32 *b) {
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3},{%4,%5,%6,%7},{%8,%9},{%0,%1,%2,%3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/// Four 8x8 matrices; lanes 8i..<8i+8 give the addresses of the rows of matrix i.
DEVICE void load_matrices(u32 *r, const void *row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3},[%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
                 : "r"(shared_address(row))
                 : "memory");
}

DEVICE void load_matrices_transposed(u32 *r, const void *row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3},[%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
                 : "r"(shared_address(row))
                 : "memory");
}

/// Starts a copy of `bytes` (0 to 16) from global memory; the rest of the 16 becomes 0. Both addresses are multiples of 16.
DEVICE void copy_async(void *shared, const void *global, int bytes) {
    asm volatile("cp.async.cg.shared.global [%0],[%1],16,%2;"
                 :
                 : "r"(shared_address(shared)), "l"(global), "r"(bytes)
                 : "memory");
}
DEVICE void copy_commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }

/// Waits until at most `pending` of this thread's groups of copies are under way.
template <int pending> DEVICE void copy_wait() { asm volatile("cp.async.wait_group %0;" ::"n"(pending) : "memory"); }

#else
#include "emulation_primitives.h"
#endif

// A kernel for blocks of at most `threads` threads. KERNEL_BLOCKS: which leaves room for `blocks` of them on a
// multiprocessor, and so bounds its registers. The name may be a macro.
#define KERNEL(threads, name, ...) KERNEL_NAMED(threads, 1, name, __VA_ARGS__)
#define KERNEL_BLOCKS(threads, blocks, name, ...) KERNEL_NAMED(threads, blocks, name, __VA_ARGS__)

DEVICE int lane_index() { return thread_x() & 31; }
DEVICE int warp_index() { return thread_x() >> 5; }
DEVICE float from_bf16(bf16 value) { return bits_to_float((u32)value << 16); }

/// What one instruction loads or stores: two or four words whose address is a multiple of their size.
struct alignas(8) Two {
    u32 word[2];
};
struct alignas(16) Four {
    u32 word[4];
};
DEVICE bool is_aligned(const void *p, int bytes) { return (unsigned long long)p % (unsigned long long)bytes == 0; }

DEVICE i64 smaller(i64 a, i64 b) { return a < b ? a : b; }
DEVICE i64 larger(i64 a, i64 b) { return a > b ? a : b; }

/// The sum over a warp, the same bits in every lane.
DEVICE float warp_sum(float value) {
    UNROLL for (int offset = 16; offset > 0; offset >>= 1) value += shuffle_xor(value, offset);
    return value;
}

DEVICE double warp_sum(double value) {
    UNROLL for (int offset = 16; offset > 0; offset >>= 1) value += shuffle_xor(value, offset);
    return value;
}

DEVICE float warp_max(float value) {
    UNROLL for (int offset = 16; offset > 0; offset >>= 1) value = fmaxf(value, shuffle_xor(value, offset));
    return value;
}

/// The sum over a block of at most 1024 threads in one dimension; `scratch` holds 32 numbers.
template <typename Number> DEVICE Number block_sum(Number value, Number *scratch) {
    value = warp_sum(value);
    if (lane_index() == 0) scratch[warp_index()] = value;
    block_sync();
    value = lane_index() < block_threads() / 32 ? scratch[lane_index()] : (Number)0;
    value = warp_sum(value);
    block_sync();
    return value;
}

DEVICE float block_max(float value, float *scratch) {
    value = warp_max(value);
    if (lane_index() == 0) scratch[warp_index()] = value;
    block_sync();
    value = lane_index() < block_threads() / 32 ? scratch[lane_index()] : scratch[0];
    value = warp_max(value);
    block_sync();
    return value;
}

// One-dimensional work: every thread takes each grid-th element.
#define FOR_EACH(index, count) \
    for (i64 index = block_x() * block_threads() + thread_x(); index < (count); index += grid_x() * block_threads())
// Rows of a matrix, and within each of them columns.
#define FOR_EACH_ROW(row, rows) for (i64 row = block_x(); row < (rows); row += grid_x())
#define FOR_EACH_COLUMN(column, width) \
    for (i64 column = block_y() * block_threads() + thread_x(); column < (width); column += grid_y() * block_threads())
