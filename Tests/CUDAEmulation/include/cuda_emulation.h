#ifndef CONSILIUM_CUDA_EMULATION_H
#define CONSILIUM_CUDA_EMULATION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Runs the GPU kernels on the processor: every CUDA thread is a fiber, the blocks of a grid run one after the other in the
// calling thread. Device memory is the host's. Several threads may launch at the same time.

/// What a launch came to.
enum {
    CONSILIUM_EMULATION_RAN = 0,
    CONSILIUM_EMULATION_NO_KERNEL = 1,
    /// A grid, block or amount of shared memory that no GPU takes.
    CONSILIUM_EMULATION_BAD_LAUNCH = 2,
    /// The kernel broke a rule: `consilium_emulation_message` says which. What it wrote is worth nothing.
    CONSILIUM_EMULATION_FAULT = 3,
};

/// Launches a kernel; `parameters[i]` points at its parameter i, as cuLaunchKernel has it.
int consilium_emulate_kernel(const char *name, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                             unsigned block_y, unsigned block_z, unsigned shared_bytes, void **parameters);

/// Whether there is a kernel of this name, and how many parameters it has (0: none).
int consilium_emulation_parameters(const char *name);

/// One character a parameter of the kernel: p a pointer, i an integer, f a float. NULL: no such kernel.
const char *consilium_emulation_signature(const char *name);

/// The names of all kernels: of the one at `index`, or NULL behind the last.
const char *consilium_emulation_kernel(size_t index);

/// How the launches of the calling thread run from now on. `order`: 0 lanes ascending, 1 descending, others seed a random
/// order; a correct kernel gives the same bits in any. `immediate`: asynchronous copies arrive when they are issued
/// instead of when they are waited for; a correct kernel doesn't show the difference.
void consilium_emulation_configure(uint64_t order, int immediate);

/// About the last launch of the calling thread that was a fault.
const char *consilium_emulation_message(void);

/// Memory like a device's: filled with NaN, and whoever touches what lies behind its end, rounded up to 16 bytes, is
/// stopped by the processor. NULL: there is none.
void *consilium_emulation_allocate(size_t bytes);
void consilium_emulation_free(void *memory, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
