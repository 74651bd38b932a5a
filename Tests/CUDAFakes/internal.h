#ifndef CONSILIUM_CUDA_FAKES_INTERNAL_H
#define CONSILIUM_CUDA_FAKES_INTERNAL_H

#include "cuda_fakes.h"

typedef struct {
    const char *name;
    void *function;
} fake_symbol;

#define FAKE(name) {#name, (void *)name}

extern const fake_symbol fake_driver_symbols[];
extern const fake_symbol fake_compiler_symbols[];
extern const fake_symbol fake_matmul_symbols[];

#endif
