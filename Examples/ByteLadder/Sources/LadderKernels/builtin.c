// The matrix product of our own, in plain C with vector types: what runs when no BLAS is installed, and always for
// the small products of attention.
#include "clones.h"
#include "LadderKernels.h"
#include <string.h>

// Depth of a packed panel: 256 x 32 floats fill the first-level cache and leave the second to A and C.
#define LADDER_DEPTH 256

#if defined(__x86_64__)

#define KERNEL(name) v4_##name
#define TARGET __attribute__((target("arch=x86-64-v4")))
#define LANES 16
#define ROWS 12
#include "builtin_kernel.inc"

#define KERNEL(name) v3_##name
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define LANES 8
#define ROWS 6
#include "builtin_kernel.inc"

#endif

#define KERNEL(name) plain_##name
#define TARGET
#define LANES 4
#define ROWS 6
#include "builtin_kernel.inc"

typedef void multiply_function(int, int, int, const float *, ptrdiff_t, ptrdiff_t, const float *, ptrdiff_t, ptrdiff_t,
                               int, float *, ptrdiff_t);

// Level 2 is AVX-512, 1 is AVX2, 0 is what every processor of the architecture has.
static multiply_function *at_level(int level) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (level == 2) return __builtin_cpu_supports("x86-64-v4") ? v4_multiply : NULL;
    if (level == 1) return __builtin_cpu_supports("x86-64-v3") ? v3_multiply : NULL;
#endif
    return level == 0 ? plain_multiply : NULL;
}

static int highest_level(void) {
    int level = 2;
    while (!at_level(level)) level--;
    return level;
}

const char *ladder_builtin_name(void) {
    static const char *const names[] = {"built-in", "built-in (AVX2)", "built-in (AVX-512)"};
    return names[highest_level()];
}

int ladder_builtin_multiply_at(int level, int m, int n, int k, const float *a, ptrdiff_t row_a, ptrdiff_t column_a,
                               const float *b, ptrdiff_t row_b, ptrdiff_t column_b, int accumulate, float *c,
                               ptrdiff_t ldc) {
    multiply_function *multiply = at_level(level);
    if (!multiply) return 0;
    multiply(m, n, k, a, row_a, column_a, b, row_b, column_b, accumulate, c, ldc);
    return 1;
}

void ladder_builtin_multiply(int m, int n, int k, const float *a, ptrdiff_t row_a, ptrdiff_t column_a, const float *b,
                             ptrdiff_t row_b, ptrdiff_t column_b, int accumulate, float *c, ptrdiff_t ldc) {
    static _Atomic(multiply_function *) chosen;
    multiply_function *multiply = chosen;
    if (!multiply) chosen = multiply = at_level(highest_level());
    multiply(m, n, k, a, row_a, column_a, b, row_b, column_b, accumulate, c, ldc);
}
