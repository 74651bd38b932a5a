#ifndef CONSILIUM_CUDA_FAKES_INTERNAL_H
#define CONSILIUM_CUDA_FAKES_INTERNAL_H

#include "cuda_fakes.h"
#include <stddef.h>

typedef struct {
    const char *name;
    void *function;
} fake_symbol;

#define FAKE(name) {#name, (void *)name}

extern const fake_symbol fake_driver_symbols[];
extern const fake_symbol fake_stream_symbols[];
extern const fake_symbol fake_compiler_symbols[];
extern const fake_symbol fake_matmul_symbols[];

/// Gives a stream something to do; `data` is copied. Depending on the stream and on `cuda_fake_state.schedule` it is done at
/// once, later, or recorded.
int fake_enqueue(void *stream, int (*run)(const void *data), const void *data, size_t size);

/// Does everything that waits, of all streams.
void fake_finish_all(void);

#endif
