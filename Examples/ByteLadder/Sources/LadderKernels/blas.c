// Finds a BLAS at run time, so that building needs none, and sends the matrix products there.
#define _GNU_SOURCE
#include "LadderKernels.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ladder_builtin_name(void);

typedef void sgemm_function(const char *, const char *, const int *, const int *, const int *, const float *,
                            const float *, const int *, const float *, const int *, const float *, float *,
                            const int *);

static sgemm_function *sgemm;
static int in_use;
static char name[160];

static int processor_has_avx512(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v4") != 0;
#else
    return 0;
#endif
}

static const char *core_name(void *library) {
    char *(*core)(void) = (char *(*)(void))dlsym(library, "openblas_get_corename");
    return core ? core() : NULL;
}

static void *open_library(const char *path) {
    // Read by the library as it loads. One worker a core beats one worker with many threads.
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
    setenv("MKL_NUM_THREADS", "1", 0);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library || getenv("OPENBLAS_CORETYPE") || !processor_has_avx512()) return library;
    // A library older than the processor falls back to AVX2 kernels, half as fast: load it again, told what it has.
    const char *core = core_name(library);
    if (core && (!strcmp(core, "Haswell") || !strcmp(core, "Zen") || !strcmp(core, "Prescott"))) {
        dlclose(library);
        setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
        library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    }
    return library;
}

int ladder_find_blas(const char *path) {
    static const char *const usual[] = {"libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so",
                                        "libblis.so.4",     "libblas.so.3",   "libblas.so"};
    const size_t count = path ? 1 : sizeof usual / sizeof *usual;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = path ? path : usual[i];
        void *library = open_library(candidate);
        if (!library) continue;
        sgemm_function *found = (sgemm_function *)dlsym(library, "sgemm_");
        if (!found) {
            dlclose(library);
            continue;
        }
        sgemm = found;
        const char *core = core_name(library);
        const char *file = strrchr(candidate, '/');
        if (core) snprintf(name, sizeof name, "%s (%s)", file ? file + 1 : candidate, core);
        else snprintf(name, sizeof name, "%s", file ? file + 1 : candidate);
        return 0;
    }
    return -1;
}

void ladder_use_blas(void) { in_use = sgemm != NULL; }

void ladder_use_builtin(void) { in_use = 0; }

const char *ladder_matrix_path(void) { return in_use ? name : ladder_builtin_name(); }

void ladder_blas_multiply(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                          const float *b, int ldb, int accumulate, float *c, int ldc) {
    // Row-major C = A B is column-major C' = B' A'.
    const float one = 1, rest = accumulate ? 1 : 0;
    sgemm(transpose_b ? "T" : "N", transpose_a ? "T" : "N", &n, &m, &k, &one, b, &ldb, a, &lda, &rest, c, &ldc);
}

void ladder_multiply(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda, const float *b,
                     int ldb, int accumulate, float *c, int ldc) {
    if (in_use)
        ladder_blas_multiply(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, accumulate, c, ldc);
    else
        ladder_builtin_multiply(m, n, k, a, transpose_a ? 1 : lda, transpose_a ? lda : 1, b, transpose_b ? 1 : ldb,
                                transpose_b ? ldb : 1, accumulate, c, ldc);
}
