#include "internal.h"
#include <string.h>

static const cuda_fake_state initial = {
    .driver_version = 13000,
    .devices = 1,
    .compute_major = 9,
    .compute_minor = 0,
    .shared_memory = 227 << 10,
    .memory = (int64_t)8 << 30,
    .launches_until_failure = -1,
};

static _Thread_local cuda_fake_state state;
static _Thread_local int is_set;

void cuda_fakes_reset(void) {
    int64_t used = is_set ? state.used_memory : 0;
    state = initial;
    state.used_memory = used;
    is_set = 1;
}

cuda_fake_state *cuda_fakes(void) {
    if (!is_set) cuda_fakes_reset();
    return &state;
}

void *cuda_fake_symbol(const char *name) {
    const fake_symbol *tables[] = {
        fake_driver_symbols, fake_stream_symbols, fake_compiler_symbols, fake_matmul_symbols};
    for (int table = 0; table < 4; table++) {
        for (const fake_symbol *symbol = tables[table]; symbol->name; symbol++) {
            if (strcmp(symbol->name, name) == 0) return symbol->function;
        }
    }
    return 0;
}
