// The driver, libcuda.so.1. Device memory is filled with 0xff, which reads as NaN: who forgets to write is found out.
#include "cuda_emulation.h"
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_OF_MEMORY = 2, NO_DEVICE = 100, INVALID_VALUE = 1, INVALID_IMAGE = 200, NOT_FOUND = 500, LAUNCH_FAILED = 719 };

typedef unsigned long long address;

// Size and a mark in front of every block.
typedef struct {
    uint64_t mark;
    uint64_t size;
} header;
enum { HEADER = 256 };
static const uint64_t live_mark = 0x4355444146414b45;

static int cuInit(unsigned flags) {
    (void)flags;
    return cuda_fakes()->initialize_result;
}

static int cuDriverGetVersion(int *version) {
    *version = cuda_fakes()->driver_version;
    return 0;
}

static int cuDeviceGetCount(int *count) {
    *count = cuda_fakes()->devices;
    return 0;
}

static int cuDeviceGet(int *device, int index) {
    if (index >= cuda_fakes()->devices) return INVALID_VALUE;
    *device = index;
    return 0;
}

static int cuDeviceGetName(char *name, int size, int device) {
    (void)device;
    strncpy(name, "Emulated GPU", (size_t)size);
    return 0;
}

static int cuDeviceGetAttribute(int *value, int attribute, int device) {
    (void)device;
    switch (attribute) {
    case 16: *value = 4; return 0;
    case 38: *value = 1 << 20; return 0;
    case 75: *value = cuda_fakes()->compute_major; return 0;
    case 76: *value = cuda_fakes()->compute_minor; return 0;
    case 97: *value = cuda_fakes()->shared_memory; return 0;
    default: return INVALID_VALUE;
    }
}

static int cuDeviceTotalMem_v2(size_t *bytes, int device) {
    (void)device;
    *bytes = (size_t)cuda_fakes()->memory;
    return 0;
}

static int cuDevicePrimaryCtxRetain(void **context, int device) {
    (void)device;
    static int memory;
    *context = &memory;
    return 0;
}

static int cuDevicePrimaryCtxRelease_v2(int device) {
    (void)device;
    return 0;
}

static int cuCtxSetCurrent(void *context) { return context ? 0 : INVALID_VALUE; }

static int cuMemGetInfo_v2(size_t *free, size_t *total) {
    cuda_fake_state *state = cuda_fakes();
    *total = (size_t)state->memory;
    *free = state->used_memory < state->memory ? (size_t)(state->memory - state->used_memory) : 0;
    return 0;
}

static int cuMemAlloc_v2(address *result, size_t size) {
    cuda_fake_state *state = cuda_fakes();
    if (state->used_memory + (int64_t)size > state->memory) return OUT_OF_MEMORY;
    void *memory;
    if (size == 0 || posix_memalign(&memory, 256, HEADER + size)) return OUT_OF_MEMORY;
    memset(memory, 0xff, HEADER + size);
    *(header *)memory = (header){live_mark, size};
    state->used_memory += (int64_t)size;
    *result = (address)(uintptr_t)memory + HEADER;
    return 0;
}

static int cuMemFree_v2(address value) {
    header *block = (header *)(uintptr_t)(value - HEADER);
    if (block->mark != live_mark) return INVALID_VALUE;
    cuda_fakes()->used_memory -= (int64_t)block->size;
    block->mark = 0;
    free(block);
    return 0;
}

static int cuMemAllocHost_v2(void **result, size_t size) {
    *result = malloc(size);
    return *result ? 0 : OUT_OF_MEMORY;
}

static int cuMemFreeHost(void *memory) {
    free(memory);
    return 0;
}

static int cuMemcpyHtoDAsync_v2(address target, const void *source, size_t size, void *stream) {
    (void)stream;
    memcpy((void *)(uintptr_t)target, source, size);
    return 0;
}

static int cuMemcpyDtoHAsync_v2(void *target, address source, size_t size, void *stream) {
    (void)stream;
    memcpy(target, (const void *)(uintptr_t)source, size);
    return 0;
}

static int cuMemcpyDtoDAsync_v2(address target, address source, size_t size, void *stream) {
    (void)stream;
    memmove((void *)(uintptr_t)target, (const void *)(uintptr_t)source, size);
    return 0;
}

static int cuMemsetD8Async(address target, unsigned char value, size_t size, void *stream) {
    (void)stream;
    memset((void *)(uintptr_t)target, value, size);
    return 0;
}

static int cuStreamCreate(void **stream, unsigned flags) {
    (void)flags;
    *stream = malloc(1);
    return 0;
}

static int cuStreamDestroy_v2(void *stream) {
    free(stream);
    return 0;
}

static int cuStreamSynchronize(void *stream) {
    (void)stream;
    return cuda_fakes()->fails_on_wait ? LAUNCH_FAILED : 0;
}

static int cuEventCreate(void **event, unsigned flags) {
    (void)flags;
    *event = malloc(1);
    return 0;
}

static int cuEventDestroy_v2(void *event) {
    free(event);
    return 0;
}

static int cuEventRecord(void *event, void *stream) {
    (void)stream;
    return event ? 0 : INVALID_VALUE;
}

static int cuEventSynchronize(void *event) {
    (void)event;
    return cuda_fakes()->fails_on_wait ? LAUNCH_FAILED : 0;
}

static int cuEventElapsedTime(float *milliseconds, void *start, void *end) {
    (void)start, (void)end;
    *milliseconds = 1;
    return 0;
}

static int cuModuleLoadData(void **module, const void *image) {
    cuda_fake_state *state = cuda_fakes();
    if (memcmp(image, "\177ELF", 4) != 0) return INVALID_IMAGE;
    if (state->rejected_images > 0) {
        state->rejected_images--;
        return INVALID_IMAGE;
    }
    *module = malloc(1);
    return 0;
}

static int cuModuleUnload(void *module) {
    free(module);
    return 0;
}

/// Names live as long as the process, like the kernels of the emulation.
static int cuModuleGetFunction(void **function, void *module, const char *name) {
    (void)module;
    if (consilium_emulation_parameters(name) <= 0) return NOT_FOUND;
    *function = strdup(name);
    return 0;
}

static int cuFuncSetAttribute(void *function, int attribute, int value) {
    return function && attribute == 8 && value <= cuda_fakes()->shared_memory ? 0 : INVALID_VALUE;
}

static int cuLaunchKernel(
    void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
    void *stream, void **parameters, void **extra) {
    (void)stream, (void)extra;
    cuda_fake_state *state = cuda_fakes();
    if (state->launches_until_failure == 0) return LAUNCH_FAILED;
    if (state->launches_until_failure > 0) state->launches_until_failure--;
    state->launches++;
    // The limits of real devices.
    if (gx == 0 || gy == 0 || gz == 0 || gx > 0x7fffffffu || gy > 65535 || gz > 65535 || bx * by * bz > 1024 ||
        shared > (unsigned)state->shared_memory)
        return INVALID_VALUE;
    int given = 0;
    while (parameters[given]) given++;
    if (given != consilium_emulation_parameters(function)) {
        fprintf(stderr, "%s takes %d parameters, not %d\n", (const char *)function,
                consilium_emulation_parameters(function), given);
        return INVALID_VALUE;
    }
    int outcome = consilium_emulate_kernel(function, gx, gy, gz, bx, by, bz, shared, parameters);
    if (outcome != CONSILIUM_EMULATION_RAN)
        fprintf(stderr, "%s: emulation outcome %d: %s\n", (const char *)function, outcome,
                outcome == CONSILIUM_EMULATION_FAULT ? consilium_emulation_message() : "not launched");
    return outcome == CONSILIUM_EMULATION_RAN ? 0 : LAUNCH_FAILED;
}

static int cuGetErrorName(int code, const char **name) {
    switch (code) {
    case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return 0;
    case NO_DEVICE: *name = "CUDA_ERROR_NO_DEVICE"; return 0;
    case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; return 0;
    case INVALID_IMAGE: *name = "CUDA_ERROR_INVALID_IMAGE"; return 0;
    case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; return 0;
    case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; return 0;
    default: return INVALID_VALUE;
    }
}

const fake_symbol fake_driver_symbols[] = {
    FAKE(cuInit), FAKE(cuDriverGetVersion), FAKE(cuDeviceGetCount), FAKE(cuDeviceGet), FAKE(cuDeviceGetName),
    FAKE(cuDeviceGetAttribute), FAKE(cuDeviceTotalMem_v2), FAKE(cuDevicePrimaryCtxRetain),
    FAKE(cuDevicePrimaryCtxRelease_v2), FAKE(cuCtxSetCurrent), FAKE(cuMemGetInfo_v2), FAKE(cuMemAlloc_v2),
    FAKE(cuMemFree_v2), FAKE(cuMemAllocHost_v2), FAKE(cuMemFreeHost), FAKE(cuMemcpyHtoDAsync_v2),
    FAKE(cuMemcpyDtoHAsync_v2), FAKE(cuMemcpyDtoDAsync_v2), FAKE(cuMemsetD8Async), FAKE(cuStreamCreate),
    FAKE(cuStreamDestroy_v2), FAKE(cuStreamSynchronize), FAKE(cuEventCreate), FAKE(cuEventDestroy_v2),
    FAKE(cuEventRecord), FAKE(cuEventSynchronize), FAKE(cuEventElapsedTime), FAKE(cuModuleLoadData),
    FAKE(cuModuleUnload), FAKE(cuModuleGetFunction), FAKE(cuFuncSetAttribute), FAKE(cuLaunchKernel),
    FAKE(cuGetErrorName), {0, 0},
};
