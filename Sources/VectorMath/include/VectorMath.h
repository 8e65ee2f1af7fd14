// Elementary functions, the row kernels of an expression machine and a few reductions, over columns of doubles.
//
// What it is: one table of functions per instruction set, chosen at run time, with one guarantee: every level gives the
// same bits. No level uses fused multiply-add, and every sum has one fixed shape: 8 running sums over blocks of 8 rows
// (the last block filled up with zeros), folded as ((0+4)+(2+6)) + ((1+5)+(3+7)). The sign and payload of a NaN are
// outside of the guarantee: a NaN is a NaN.
//
// What it is not: a linear algebra library, and not a libm: rounding is to nearest, no flags, no errno. All is
// arithmetic of our own and the same on every machine, but for sine and cosine beyond 2^20, which the C library does.
//
// Pointers need no alignment (64 bytes is fastest), n may be 0, and dst may equal any source; other overlap is not
// allowed. Accuracy: VectorMathTests asserts it; the figures are beside the members.

#ifndef VECTOR_MATH_H
#define VECTOR_MATH_H

#include "Checksums.h"
#include "Threads.h"
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#define VM_CLOSED __attribute__((enum_extensibility(closed)))
#define VM_SWIFT_NAME(name) __attribute__((swift_name(name)))
#else
#define VM_CLOSED
#define VM_SWIFT_NAME(name)
#endif

#pragma clang assume_nonnull begin

// In Swift: vm_level.portable, .avx2, .avx512, with an Int32 rawValue.
typedef enum VM_CLOSED vm_level : int32_t {
  VM_LEVEL_PORTABLE VM_SWIFT_NAME("portable") = 0,
  VM_LEVEL_AVX2 VM_SWIFT_NAME("avx2") = 1,
  VM_LEVEL_AVX512 VM_SWIFT_NAME("avx512") = 2,
} vm_level;

// 1 if this processor can run the level, else 0.
int vm_level_supported(vm_level level);
// The widest level this processor can run.
vm_level vm_level_best(void);
// "portable", "avx2" or "avx512".
const char *vm_level_name(vm_level level);

// The shapes of a kernel. v is a vector, s a scalar; dst comes first, n last.
typedef void (*vm_fill)(double *dst, double s, size_t n);
typedef void (*vm_v)(double *dst, const double *a, size_t n);
typedef void (*vm_vv)(double *dst, const double *a, const double *b, size_t n);
typedef void (*vm_vs)(double *dst, const double *a, double s, size_t n);
typedef void (*vm_sv)(double *dst, double s, const double *b, size_t n);
typedef void (*vm_vvv)(double *dst, const double *a, const double *b, const double *c, size_t n);
typedef void (*vm_vsv)(double *dst, const double *a, double s, const double *c, size_t n);

typedef struct vm_kernels {
  vm_fill fill;

  vm_v negate, absolute, square_root, reciprocal;
  vm_v exponential;  // at most 1.1 ulp, subnormal results included
  vm_v logarithm;    // at most 0.9 ulp
  vm_v log2, log10;  // at most 0.51 ulp: exact at powers of the base
  vm_v expm1, log1p; // at most 2 ulp
  vm_v sine, cosine, arctangent; // at most 1 ulp
  vm_v tanh;         // at most 3 ulp
  vm_v sigmoid;      // 1 / (1 + exp(-a)), at most 3 ulp
  vm_v softplus;     // ln(1 + exp(a)), at most 3 ulp
  vm_vs exponential_scaled; // exp(s * a), the product rounded first

  vm_vv add_vv, subtract_vv, multiply_vv, divide_vv;
  vm_vs add_vs, subtract_vs, multiply_vs, divide_vs;
  vm_sv subtract_sv, divide_sv;
  // A NaN on either side gives NaN.
  vm_vv minimum_vv, maximum_vv;
  vm_vs minimum_vs, maximum_vs;
  // C's pow, special cases included; at most 2 ulp. power_vs with s = -1, 0, 0.5, 1, 2 or 3 is plain arithmetic and may
  // differ from power_vv in the last bit.
  vm_vv power_vv;
  vm_vs power_vs;
  vm_sv power_sv;
  // 1.0 or 0.0; with a NaN on either side 0.0.
  vm_vv less_vv, less_equal_vv, equal_vv;
  vm_vs less_vs, less_equal_vs, equal_vs;
  vm_sv less_sv, less_equal_sv;

  vm_vvv multiply_add_vvv; // a * b + c, rounded twice
  vm_vsv multiply_add_vsv; // a * s + c, rounded twice
  vm_vvv select_vvv;       // a != 0 ? b : c, so a NaN condition chooses b

  // dst[i] = s * dst[i - 1] + a[i] with `before` in place of dst[-1], and sums[i] = sums[i - 1] + dst[i] with `sum` in
  // place of sums[-1]; dst may be a. Each power of s up to the eighth is applied to a whole block, so results differ
  // from those of a plain loop by rounding.
  void (*recurrence)(double *dst, double *sums, const double *a, double s, double before, double sum, size_t n);

  double (*sum)(const double *a, size_t n);
  double (*dot)(const double *a, const double *b, size_t n);
  double (*dot3)(const double *a, const double *b, const double *c, size_t n);
  // The largest |a|, 0 if n is 0, NaN if any a is NaN.
  double (*maximum_absolute)(const double *a, size_t n);

  // Losses of the residuals r with weights w (NULL: all 1). Each returns the sum over rows of w rho(r) and fills
  // psi = w rho'(r), and where asked weight = w rho'(r) / r and curvature = w rho''(r).
  // A NaN residual makes the sum, psi and weight NaN.

  // rho = r^2.
  double (*squared)(const double *r, const double *_Nullable w, size_t n, double *psi);
  // rho = t r^2 / 2 for |r| <= delta, else t delta (|r| - delta / 2), with t = up for r >= 0, else down.
  double (*tilted_huber)(const double *r, const double *_Nullable w, size_t n, double delta, double up, double down,
                         double *psi, double *weight, double *curvature);
  // rho = up r for r >= 0, else -down r; psi is 0 at r = 0.
  double (*tilted_absolute)(const double *r, const double *_Nullable w, size_t n, double up, double down, double *psi);
} vm_kernels;

// The table of a level; the portable one where the processor cannot run the level. It lives for ever.
const vm_kernels *vm_kernels_at(vm_level level);

#pragma clang assume_nonnull end

#endif
