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

static multiply_function *chosen(const char **name) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4")) { *name = "built-in (AVX-512)"; return v4_multiply; }
    if (__builtin_cpu_supports("x86-64-v3")) { *name = "built-in (AVX2)"; return v3_multiply; }
#endif
    *name = "built-in";
    return plain_multiply;
}

const char *ladder_builtin_name(void) {
    const char *name;
    chosen(&name);
    return name;
}

void ladder_builtin_multiply(int m, int n, int k, const float *a, ptrdiff_t row_a, ptrdiff_t column_a, const float *b,
                             ptrdiff_t row_b, ptrdiff_t column_b, int accumulate, float *c, ptrdiff_t ldc) {
    static multiply_function *multiply;
    if (!multiply) {
        const char *name;
        multiply = chosen(&name);
    }
    multiply(m, n, k, a, row_a, column_a, b, row_b, column_b, accumulate, c, ldc);
}
