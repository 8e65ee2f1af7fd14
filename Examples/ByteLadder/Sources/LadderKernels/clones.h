// One source, one body for each instruction set: the loader picks the widest that the processor has.
#ifndef LADDER_CLONES_H
#define LADDER_CLONES_H

#include <stdint.h>

#if defined(__x86_64__) && defined(__linux__)
#define LADDER_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LADDER_CLONES
#endif

#define LADDER_INLINE static inline __attribute__((always_inline))

// Sums may be taken in any order, or no reduction would be vectorized. The order is fixed when the file is compiled,
// so the same binary on the same machine gives the same bits.
#pragma clang fp reassociate(on) contract(fast)

// e^x for x in the range of float, 2 units in the last place, in operations that vectorize.
LADDER_INLINE float ladder_exp(float x) {
#pragma clang fp reassociate(off) contract(fast)
    const float bounded = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
    // Rounds to the nearest integer: the magic number leaves it in the low bits.
    union { float f; int32_t i; } shifted = {bounded * 1.44269504f + 12582912.0f};
    const int32_t whole = shifted.i - 0x4B400000;
    const float n = (float)whole;
    const float r = (bounded - n * 0.693359375f) - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    union { int32_t i; float f; } power = {(whole + 127) << 23};
    return p * power.f;
}

#endif
