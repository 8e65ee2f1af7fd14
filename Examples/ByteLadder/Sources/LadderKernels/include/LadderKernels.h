// The arithmetic of a decoder-only transformer in single precision: dense row-major matrices, no allocation that
// the caller sees, no threads. Every function is deterministic on one machine for one matrix-product path.
#ifndef LADDER_KERNELS_H
#define LADDER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// ---- matrix products -------------------------------------------------------------------------------------------

// Opens a BLAS at run time, with one thread; `path` NULL looks for the usual names. 0 when one was found.
int ladder_find_blas(const char *path);
// Which routine multiplies matrices from now on: the BLAS that was found, or the built-in kernel.
void ladder_use_blas(void);
void ladder_use_builtin(void);
// A short name: "built-in (AVX-512)", "libopenblas.so.0 (SkylakeX)" ...
const char *ladder_matrix_path(void);

// C (m x n) = A B + (accumulate ? C : 0), where A is m x k or, if `transpose_a`, stored as k x m; B likewise.
void ladder_multiply(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda, const float *b,
                     int ldb, int accumulate, float *c, int ldc);

// The same by the BLAS that was found.
void ladder_blas_multiply(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                          const float *b, int ldb, int accumulate, float *c, int ldc);

// The built-in kernel itself: element (i, p) of A at a[i * row_a + p * column_a], element (p, j) of B likewise.
void ladder_builtin_multiply(int m, int n, int k, const float *a, ptrdiff_t row_a, ptrdiff_t column_a, const float *b,
                             ptrdiff_t row_b, ptrdiff_t column_b, int accumulate, float *c, ptrdiff_t ldc);
// The same by the body for one instruction set: 0 plain, 1 AVX2, 2 AVX-512. Returns 0 where the processor lacks it.
int ladder_builtin_multiply_at(int level, int m, int n, int k, const float *a, ptrdiff_t row_a, ptrdiff_t column_a,
                               const float *b, ptrdiff_t row_b, ptrdiff_t column_b, int accumulate, float *c,
                               ptrdiff_t ldc);

// ---- layers; rows are tokens -----------------------------------------------------------------------------------

// y = x g / sqrt(mean(x^2) + 1e-6); `inverse` keeps the reciprocal root of each row for the way back.
void ladder_norm(int rows, int width, const float *x, const float *gain, float *y, float *inverse);
// dx += gradient through the norm; dgain += its gradient.
void ladder_norm_backward(int rows, int width, const float *x, const float *gain, const float *inverse,
                          const float *dy, float *dx, float *dgain);

// Rotates queries and keys of qkv (rows x 3 width) by position; `direction` -1 is the transpose.
// cosine and sine are context x head/2; element i of a head is paired with i + head/2.
void ladder_rotate(int sequences, int context, int heads, int head, const float *cosine, const float *sine,
                   int direction, float *qkv);

// Causal softmax attention. qkv is (sequences*context) x 3*heads*head; probabilities (sequences*heads*context*context)
// keeps the softmax for the way back; out is (sequences*context) x heads*head.
void ladder_attention(int sequences, int context, int heads, int head, const float *qkv, float *probabilities,
                      float *out);
void ladder_attention_backward(int sequences, int context, int heads, int head, const float *qkv,
                               const float *probabilities, const float *dout, float *dqkv);

// h = silu(gate) up, with gate and up side by side in `gate_up` (rows x 2 hidden).
void ladder_gated(int rows, int hidden, const float *gate_up, float *h);
void ladder_gated_backward(int rows, int hidden, const float *gate_up, const float *dh, float *dgate_up);

// h = gelu(x), the tanh form.
void ladder_gelu(size_t count, const float *x, float *h);
void ladder_gelu_backward(size_t count, const float *x, const float *dh, float *dx);

// x[row] = table[token] (+ positions[row % context] when positions is not NULL).
void ladder_embed(int rows, int width, int context, const uint8_t *tokens, const float *table, const float *positions,
                  float *x);
void ladder_embed_backward(int rows, int width, int context, const uint8_t *tokens, const float *dx, float *dtable,
                           float *dpositions);

// Returns the sum over rows of -ln softmax(logits)[target]. When `scale` is not zero, logits are replaced by
// scale * (softmax - one_hot), the gradient of scale * sum.
double ladder_cross_entropy(int rows, int classes, const uint8_t *targets, float scale, float *logits);

// ---- the optimizer ---------------------------------------------------------------------------------------------

double ladder_sum_of_squares(size_t count, const float *x);
// AdamW on one tensor. `clip` multiplies the gradient; correction1 = 1 - beta1^t, correction2 = 1 - beta2^t.
void ladder_adamw(size_t count, float *p, const float *g, float *m, float *v, float clip, float lr, float beta1,
                  float beta2, float epsilon, float decay, float correction1, float correction2);

// y += x
void ladder_add(size_t count, const float *x, float *y);

// ---- the process -----------------------------------------------------------------------------------------------

// Holds an exclusive lock on the file until the process ends: 1 when taken, 0 when another process has it, -1 when
// the file cannot be made.
int ladder_lock(const char *path);
// Writes count bytes to a new file beside `path`, flushes to disk and renames over it. 0 on success, else errno.
int ladder_write_atomically(const char *path, const void *bytes, size_t count);
// Seconds from an arbitrary origin, never running backwards.
double ladder_seconds(void);
// Processor seconds of this process so far.
double ladder_processor_seconds(void);

#endif
