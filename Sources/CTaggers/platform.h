// How kernels are compiled.
#ifndef CONSILIUM_TAGGERS_PLATFORM_H
#define CONSILIUM_TAGGERS_PLATFORM_H

// Compiled twice on x86-64, for AVX2+FMA and for the baseline; the loader takes the better one.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

#endif
