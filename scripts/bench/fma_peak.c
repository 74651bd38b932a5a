// The most float32 multiply-additions that the processor can do: independent chains in registers, no memory.
//
//   cc -O3 -ffp-contract=fast -pthread fma_peak.c -o fma_peak && ./fma_peak [threads]
//
// Prints {"fma_gflops": …}, the best of several short runs; a multiplication and an addition count as two. One thread is
// timed by its processor time, several by wall time.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__x86_64__)
#define ACCUMULATORS 12  // 16 registers: 12 chains, one factor, one summand
#else
#define ACCUMULATORS 24
#endif

static volatile float sink;

// `a = a * x + y` stays within 1: neither overflow nor denormal numbers, which would be slower.
#define DEFINE_PEAK(name, bytes, attributes)                                                   \
    typedef float name##_vector __attribute__((vector_size(bytes)));                           \
    attributes static double name(long repetitions) {                                          \
        name##_vector a[ACCUMULATORS];                                                         \
        const name##_vector x = (name##_vector){0} + 0.999f, y = (name##_vector){0} + 0.001f;  \
        for (int i = 0; i < ACCUMULATORS; i++) a[i] = (name##_vector){0} + 0.01f * (float)i;   \
        for (long r = 0; r < repetitions; r++)                                                 \
            for (int i = 0; i < ACCUMULATORS; i++) a[i] = a[i] * x + y;                        \
        for (int i = 0; i < ACCUMULATORS; i++) sink = a[i][0];                                 \
        return 2.0 * (double)repetitions * ACCUMULATORS * (bytes / sizeof(float));             \
    }

#if defined(__x86_64__)
DEFINE_PEAK(peak_512, 64, __attribute__((target("avx512f"))))
DEFINE_PEAK(peak_256, 32, __attribute__((target("avx2,fma"))))
#endif
DEFINE_PEAK(peak_128, 16, )

typedef double (*peak)(long);

static double now(int threads) {
    struct timespec t;
    clock_gettime(threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void *run(void *function) {
    (*(peak *)function)(8000000);
    return NULL;
}

int main(int count, char **arguments) {
    int threads = count > 1 ? atoi(arguments[1]) : 1;
    if (threads < 1 || threads > 256) {
        fprintf(stderr, "The number of threads must be 1 to 256.\n");
        return 64;
    }
    peak candidates[3];
    int known = 0;
    candidates[known++] = peak_128;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) candidates[known++] = peak_256;
    if (__builtin_cpu_supports("avx512f")) candidates[known++] = peak_512;
#endif
    double best = 0;
    for (int c = 0; c < known; c++) {
        for (int attempt = 0; attempt < 5; attempt++) {
            pthread_t others[256];
            double start = now(threads);
            for (int t = 1; t < threads; t++)
                if (pthread_create(&others[t], NULL, run, &candidates[c])) return 70;
            double flop = candidates[c](8000000) * threads;
            for (int t = 1; t < threads; t++) pthread_join(others[t], NULL);
            double rate = flop / (now(threads) - start) / 1e9;
            if (rate > best) best = rate;
        }
    }
    printf("{\"fma_gflops\": %.2f, \"threads\": %d}\n", best, threads);
    return 0;
}
