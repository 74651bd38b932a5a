#ifndef CONSILIUM_CUDA_FAKES_H
#define CONSILIUM_CUDA_FAKES_H

#include <stdint.h>

// Stand-ins for NVIDIA's libraries: a driver whose device memory is the host's and whose kernels run in the emulation, a
// compiler that compiles nothing, and a cuBLASLt that multiplies naively. For tests of everything above them.

#ifdef __cplusplus
extern "C" {
#endif

/// When a stream's work is done. Streams are only ordered by events, and each of these is an order that hardware may have.
enum {
    /// When it is put there.
    CUDA_FAKE_AT_ONCE = 0,
    /// When somebody waits for it, the host or another stream.
    CUDA_FAKE_LATE = 1,
    /// That of all streams but the first at once, as soon as what it waits for is done; that of the first late.
    CUDA_FAKE_COPIES_EARLY = 2,
};

/// What the stand-ins pretend. Every thread has its own, so that tests may run at the same time.
typedef struct {
    int32_t initialize_result;
    int32_t driver_version;
    int32_t devices;
    int32_t compute_major;
    int32_t compute_minor;
    int32_t shared_memory;
    /// Bytes of device memory.
    int64_t memory;
    /// The launch after so many fails; negative: none.
    int64_t launches_until_failure;
    /// The stream reports a fault when somebody waits for it.
    int32_t fails_on_wait;
    int32_t compiler_fails;
    /// The driver does not take this many of the next images.
    int32_t rejected_images;
    /// cuBLASLt proposes nothing.
    int32_t matmul_proposes_nothing;
    /// cuBLASLt fails when it multiplies.
    int32_t matmul_fails;
    /// No stream can be captured.
    int32_t capture_fails;
    /// One of the schedules above.
    int32_t schedule;

    // What was asked of them.
    int64_t used_memory;
    int64_t launches;
    int64_t compilations;
    int64_t multiplications;
    int64_t captures;
    int64_t graph_launches;
} cuda_fake_state;

/// This thread's.
cuda_fake_state *cuda_fakes(void);

/// As they are at first.
void cuda_fakes_reset(void);

/// The function of that name of any of the three libraries; null if there is none.
void *cuda_fake_symbol(const char *name);

#ifdef __cplusplus
}
#endif
#endif
