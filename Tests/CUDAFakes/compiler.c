// NVRTC. Its machine code is a mark and the length of the source: the driver's stand-in has the kernels already.
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMPILATION = 6, INVALID_PROGRAM = 4 };

typedef struct {
    char code[64];
    char log[128];
} program;

static int nvrtcVersion(int *major, int *minor) {
    *major = cuda_fakes()->driver_version / 1000;
    *minor = 0;
    return 0;
}

static int nvrtcCreateProgram(
    void **result, const char *source, const char *name, int headers, const char **texts, const char **names) {
    if (!source || !name || strlen(source) == 0) return INVALID_PROGRAM;
    for (int i = 0; i < headers; i++) {
        if (!texts[i] || !names[i]) return INVALID_PROGRAM;
    }
    program *made = calloc(1, sizeof(program));
    snprintf(made->code, sizeof made->code, "\177ELF of %zu characters", strlen(source));
    *result = made;
    return 0;
}

static int nvrtcCompileProgram(void *value, int count, const char **options) {
    program *p = value;
    cuda_fake_state *state = cuda_fakes();
    state->compilations++;
    int has_architecture = 0;
    for (int i = 0; i < count; i++) has_architecture |= strncmp(options[i], "--gpu-architecture=sm_", 22) == 0;
    if (!has_architecture || state->compiler_fails) {
        snprintf(p->log, sizeof p->log, "error: identifier \"x\" is undefined");
        return COMPILATION;
    }
    return 0;
}

static int nvrtcDestroyProgram(void **value) {
    free(*value);
    *value = 0;
    return 0;
}

static int nvrtcGetProgramLogSize(void *value, size_t *size) {
    *size = strlen(((program *)value)->log) + 1;
    return 0;
}

static int nvrtcGetProgramLog(void *value, char *log) {
    strcpy(log, ((program *)value)->log);
    return 0;
}

static int nvrtcGetCUBINSize(void *value, size_t *size) {
    *size = strlen(((program *)value)->code) + 1;
    return 0;
}

static int nvrtcGetCUBIN(void *value, char *code) {
    strcpy(code, ((program *)value)->code);
    return 0;
}

static const char *nvrtcGetErrorString(int code) {
    return code == COMPILATION ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR_INVALID_PROGRAM";
}

const fake_symbol fake_compiler_symbols[] = {
    FAKE(nvrtcVersion), FAKE(nvrtcCreateProgram), FAKE(nvrtcCompileProgram), FAKE(nvrtcDestroyProgram),
    FAKE(nvrtcGetProgramLogSize), FAKE(nvrtcGetProgramLog), FAKE(nvrtcGetCUBINSize), FAKE(nvrtcGetCUBIN),
    FAKE(nvrtcGetErrorString), {0, 0},
};
