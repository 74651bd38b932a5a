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
    // Like the real one, it waits for the device.
    fake_finish_all();
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

typedef struct {
    address target;
    address source;
    size_t size;
    unsigned char value;
} transfer;

static int move(const void *data) {
    const transfer *t = data;
    memmove((void *)(uintptr_t)t->target, (const void *)(uintptr_t)t->source, t->size);
    return 0;
}

static int fill(const void *data) {
    const transfer *t = data;
    memset((void *)(uintptr_t)t->target, t->value, t->size);
    return 0;
}

static int enqueue_move(address target, address source, size_t size, void *stream) {
    const transfer t = {target, source, size, 0};
    return fake_enqueue(stream, move, &t, sizeof t);
}

static int cuMemcpyHtoDAsync_v2(address target, const void *source, size_t size, void *stream) {
    return enqueue_move(target, (address)(uintptr_t)source, size, stream);
}

static int cuMemcpyDtoHAsync_v2(void *target, address source, size_t size, void *stream) {
    return enqueue_move((address)(uintptr_t)target, source, size, stream);
}

static int cuMemcpyDtoDAsync_v2(address target, address source, size_t size, void *stream) {
    return enqueue_move(target, source, size, stream);
}

static int cuMemsetD8Async(address target, unsigned char value, size_t size, void *stream) {
    const transfer t = {target, 0, size, value};
    return fake_enqueue(stream, fill, &t, sizeof t);
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

enum { MOST_PARAMETERS = 48 };

typedef struct {
    const char *name;
    unsigned grid[3];
    unsigned block[3];
    unsigned shared;
    uint64_t slots[MOST_PARAMETERS];
} launch;

static int run_kernel(const void *data) {
    launch copy = *(const launch *)data;
    cuda_fake_state *state = cuda_fakes();
    if (state->launches_until_failure == 0) return LAUNCH_FAILED;
    if (state->launches_until_failure > 0) state->launches_until_failure--;
    state->launches++;
    void *parameters[MOST_PARAMETERS];
    for (int i = 0; i < MOST_PARAMETERS; i++) parameters[i] = &copy.slots[i];
    int outcome = consilium_emulate_kernel(
        copy.name, copy.grid[0], copy.grid[1], copy.grid[2], copy.block[0], copy.block[1], copy.block[2], copy.shared,
        parameters);
    if (outcome != CONSILIUM_EMULATION_RAN)
        fprintf(stderr, "%s: emulation outcome %d: %s\n", copy.name, outcome,
                outcome == CONSILIUM_EMULATION_FAULT ? consilium_emulation_message() : "not launched");
    return outcome == CONSILIUM_EMULATION_RAN ? 0 : LAUNCH_FAILED;
}

static int cuLaunchKernel(
    void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
    void *stream, void **parameters, void **extra) {
    (void)extra;
    // The limits of real devices.
    if (gx == 0 || gy == 0 || gz == 0 || gx > 0x7fffffffu || gy > 65535 || gz > 65535 || bx * by * bz > 1024 ||
        shared > (unsigned)cuda_fakes()->shared_memory)
        return INVALID_VALUE;
    launch l = {function, {gx, gy, gz}, {bx, by, bz}, shared, {0}};
    int given = 0;
    // Values are read now: the caller's memory is its own again afterwards.
    while (given < MOST_PARAMETERS && parameters[given]) {
        memcpy(&l.slots[given], parameters[given], 8);
        given++;
    }
    if (given != consilium_emulation_parameters(function)) {
        fprintf(stderr, "%s takes %d parameters, not %d\n", (const char *)function,
                consilium_emulation_parameters(function), given);
        return INVALID_VALUE;
    }
    return fake_enqueue(stream, run_kernel, &l, sizeof l);
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
    FAKE(cuMemcpyDtoHAsync_v2), FAKE(cuMemcpyDtoDAsync_v2), FAKE(cuMemsetD8Async), FAKE(cuModuleLoadData),
    FAKE(cuModuleUnload), FAKE(cuModuleGetFunction), FAKE(cuFuncSetAttribute), FAKE(cuLaunchKernel),
    FAKE(cuGetErrorName), {0, 0},
};
