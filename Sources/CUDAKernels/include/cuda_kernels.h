// The GPU kernels as texts, compiled into the program: a machine with a GPU compiles them at run time (NVRTC). And the
// numbers that launches need.
#ifndef CONSILIUM_CUDA_KERNELS_H
#define CONSILIUM_CUDA_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// A NUL-terminated text; `length` counts without the NUL.
typedef struct {
    const char *name;
    const char *text;
    size_t length;
} cuda_text;

/// One program for the compiler: a text with the options that make it the variant.
typedef struct {
    /// Names the module, such as "attention_forward_128".
    const char *name;
    /// The text's name, such as "attention_forward.cu".
    cuda_text source;
    /// One option, such as "-DHEAD_SIZE=128", or "".
    const char *option;
    /// The names of its kernels, each with a blank behind it.
    const char *kernels;
} cuda_module;

int64_t cuda_module_count(void);
const cuda_module *cuda_module_at(int64_t index);

/// What the sources include; give all of them to the compiler.
int64_t cuda_header_count(void);
const cuda_text *cuda_header_at(int64_t index);

// MARK: Launches. Counts of threads, bytes of dynamic shared memory, sizes of workspaces.

/// Bytes of the bf16 products.
int64_t cuda_gemm_shared(void);
/// Bytes of those with a narrow side.
int64_t cuda_gemm_narrow_shared(void);
/// How many values of k each split of a float32 product takes; k or more: no split.
int64_t cuda_split_chunk(int64_t m, int64_t n, int64_t k);
/// Rows that a block of a column sum takes.
int64_t cuda_row_chunk(int64_t rows);
/// Threads for a vector of a norm.
int64_t cuda_norm_threads(int64_t width);
/// Blocks for the squared norm of a vector.
int64_t cuda_norm_blocks(int64_t count);
/// Rows that a split of a segment's gradient takes.
int64_t cuda_segment_chunk(int64_t longest);
/// Bytes of the float32 attention kernels.
int64_t cuda_attention_f32_shared(int64_t head_size);
/// The smallest padded head size of the kernels on the tensor cores that holds a head; 0: none does.
int64_t cuda_attention_instance(int64_t head_size);
/// Bytes of the kernels of that padded size.
int64_t cuda_attention_forward_shared(int64_t instance);
int64_t cuda_attention_backward_shared(int64_t instance);
/// Blocks (grid z) that share a head's gradients of keys and values.
int64_t cuda_attention_backward_kv_parts(int64_t instance);
/// Keys that a block of decoding takes.
int64_t cuda_decode_chunk(int64_t keys, int64_t heads);

#endif
