// What kernels/device.h takes from the GPU, on the processor.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace emulation {

/// A running block, as far as the primitives need it.
struct Place {
    unsigned thread[3], block[3], block_size[3], grid[3];
};
extern thread_local Place *place;

using Kernel = void (*)(void **parameters);

/// Makes a kernel known by its name.
struct Registration {
    Registration(const char *name, Kernel kernel, const char *signature);
};

template <typename T> constexpr char parameter_kind() {
    static_assert(std::is_pointer_v<T> || std::is_same_v<T, long long> || std::is_same_v<T, float>,
                  "a kernel's parameters are pointers, i64 or float");
    return std::is_pointer_v<T> ? 'p' : std::is_same_v<T, float> ? 'f' : 'i';
}

template <auto kernel> struct Thunk;
template <typename... Arguments, void (*kernel)(Arguments...)> struct Thunk<kernel> {
    template <size_t... index> static void call(void **parameters, std::index_sequence<index...>) {
        kernel(*static_cast<std::remove_const_t<Arguments> *>(parameters[index])...);
    }
    static void run(void **parameters) { call(parameters, std::index_sequence_for<Arguments...>{}); }
    static constexpr char signature[] = {parameter_kind<std::remove_const_t<Arguments>>()..., 0};
};

/// Something that a warp does together: gets what its lanes brought.
using Collective = void (*)(void **operands);

void meet(Collective collective, void *operand);
void barrier();
void *shared(const void *key, size_t bytes);
unsigned char *dynamic_shared();
void copy(void *shared, const void *global, int bytes);
void commit();
void wait(int pending);

void shuffle_float(void **operands);
void shuffle_double(void **operands);
void multiply_matrices(void **operands);
void read_matrices(void **operands);

template <typename Number> struct Shuffle {
    Number value, result;
    int mask;
};
struct Product {
    float *d;
    const u32 *a, *b;
};
struct Matrices {
    u32 *result;
    const void *row;
    bool transposed;
};

}  // namespace emulation

#define KERNEL_NAMED(threads, blocks, name, ...)                                                                  \
    static void name(__VA_ARGS__);                                                                              \
    static const emulation::Registration name##_registration(#name, emulation::Thunk<&name>::run,               \
                                                              emulation::Thunk<&name>::signature);              \
    static void name(__VA_ARGS__)
#define DEVICE [[maybe_unused]] static inline
#define DEVICE_MEMBER inline
#define RESTRICT
#define SHARED(type, name, count)    \
    static const char name##_key = 0; \
    type *const name = static_cast<type *>(emulation::shared(&name##_key, sizeof(type) * (count)))
#define DYNAMIC_SHARED(name) unsigned char *const name = emulation::dynamic_shared()
#define UNROLL
#define UNROLL_BY_4
#define UNROLL_BY_1

DEVICE int thread_x() { return static_cast<int>(emulation::place->thread[0]); }
DEVICE int thread_y() { return static_cast<int>(emulation::place->thread[1]); }
DEVICE i64 block_x() { return emulation::place->block[0]; }
DEVICE i64 block_y() { return emulation::place->block[1]; }
DEVICE i64 block_z() { return emulation::place->block[2]; }
DEVICE i64 grid_x() { return emulation::place->grid[0]; }
DEVICE i64 grid_y() { return emulation::place->grid[1]; }
DEVICE int block_threads() { return static_cast<int>(emulation::place->block_size[0]); }

DEVICE float bits_to_float(u32 bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

DEVICE u32 float_to_bits(float value) {
    u32 bits;
    memcpy(&bits, &value, 4);
    return bits;
}

DEVICE bf16 to_bf16(float value) {
    const u32 bits = float_to_bits(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return 0x7fff;
    return static_cast<bf16>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

DEVICE u32 pack_bf16(float low, float high) {
    return static_cast<u32>(to_bf16(low)) | static_cast<u32>(to_bf16(high)) << 16;
}

DEVICE float fast_exp2(float x) {
    const float y = exp2f(x);
    return y < 1.17549435e-38f ? 0.0f : y;
}

DEVICE float rsqrtf(float x) { return 1.0f / sqrtf(x); }

DEVICE void block_sync() { emulation::barrier(); }
DEVICE void warp_sync() { emulation::meet(nullptr, nullptr); }

DEVICE float shuffle_xor(float value, int mask) {
    emulation::Shuffle<float> operand{value, 0, mask};
    emulation::meet(emulation::shuffle_float, &operand);
    return operand.result;
}

DEVICE double shuffle_xor(double value, int mask) {
    emulation::Shuffle<double> operand{value, 0, mask};
    emulation::meet(emulation::shuffle_double, &operand);
    return operand.result;
}

DEVICE void mma_bf16(float *d, const u32 *a, const u32 *b) {
    emulation::Product operand{d, a, b};
    emulation::meet(emulation::multiply_matrices, &operand);
}

DEVICE void load_matrices(u32 *result, const void *row) {
    emulation::Matrices operand{result, row, false};
    emulation::meet(emulation::read_matrices, &operand);
}

DEVICE void load_matrices_transposed(u32 *result, const void *row) {
    emulation::Matrices operand{result, row, true};
    emulation::meet(emulation::read_matrices, &operand);
}

DEVICE void copy_async(void *shared, const void *global, int bytes) { emulation::copy(shared, global, bytes); }
DEVICE void copy_commit() { emulation::commit(); }
template <int pending> DEVICE void copy_wait() { emulation::wait(pending); }
