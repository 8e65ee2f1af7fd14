// The tables of the levels, one from each of Portable.c, AVX2.c and AVX512.c. Not public.

#ifndef VECTOR_MATH_LEVELS_H
#define VECTOR_MATH_LEVELS_H

#include "VectorMath.h"

// Whether the compiler can aim single functions at wider lanes. Elsewhere only the portable level exists.
#if defined(__x86_64__) && defined(__clang__)
#define VM_WIDE_LEVELS 1
#else
#define VM_WIDE_LEVELS 0
#endif

extern const vm_kernels vm_kernels_portable;
#if VM_WIDE_LEVELS
extern const vm_kernels vm_kernels_avx2;
extern const vm_kernels vm_kernels_avx512;
#endif

#endif
