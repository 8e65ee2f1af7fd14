// Causal softmax attention and rotary positions. Scores are made for 32 queries at a time against the keys before
// their end, so that about 3/8 of the square is never touched.
#include "clones.h"
#include "LadderKernels.h"
#include <math.h>
#include <stdlib.h>

enum { block_rows = 32 };

LADDER_CLONES
void ladder_rotate(int sequences, int context, int heads, int head, const float *cosine, const float *sine,
                   int direction, float *qkv) {
    const int width = heads * head, half = head / 2;
    const float sign = direction < 0 ? -1.0f : 1.0f;
    for (int row = 0; row < sequences * context; row++) {
        const float *c = cosine + (size_t)(row % context) * half, *s = sine + (size_t)(row % context) * half;
        // Queries and keys lie side by side, so they are 2 * heads heads.
        for (int h = 0; h < 2 * heads; h++) {
            float *restrict low = qkv + (size_t)row * 3 * width + (size_t)h * head;
            float *restrict high = low + half;
            for (int i = 0; i < half; i++) {
                const float x = low[i], y = high[i];
                low[i] = x * c[i] - sign * y * s[i];
                high[i] = y * c[i] + sign * x * s[i];
            }
        }
    }
}

// Scores of one block of queries to probabilities; later keys of the block get zero.
LADDER_CLONES
static void softmax_block(int rows, int first, int keys, int stride, float scale, float *scores) {
    for (int i = 0; i < rows; i++) {
        float *restrict s = scores + (size_t)i * stride;
        const int seen = first + i + 1;
        float top = s[0];
        for (int j = 1; j < seen; j++) top = s[j] > top ? s[j] : top;
        float sum = 0;
        for (int j = 0; j < seen; j++) {
            const float e = ladder_exp((s[j] - top) * scale);
            s[j] = e;
            sum += e;
        }
        const float inverse = 1.0f / sum;
        for (int j = 0; j < seen; j++) s[j] *= inverse;
        for (int j = seen; j < keys; j++) s[j] = 0;
    }
}

// dscores = p (dp - sum p dp) scale, in place of dp.
LADDER_CLONES
static void softmax_block_backward(int rows, int keys, int stride, float scale, const float *p, float *dp) {
    for (int i = 0; i < rows; i++) {
        const float *restrict a = p + (size_t)i * stride;
        float *restrict d = dp + (size_t)i * stride;
        float dot = 0;
        for (int j = 0; j < keys; j++) dot += a[j] * d[j];
        for (int j = 0; j < keys; j++) d[j] = a[j] * (d[j] - dot) * scale;
    }
}

void ladder_attention(int sequences, int context, int heads, int head, const float *qkv, float *probabilities,
                      float *out) {
    const int width = heads * head;
    const ptrdiff_t stride = 3 * (ptrdiff_t)width;
    const float scale = 1.0f / sqrtf((float)head);
    for (int s = 0; s < sequences; s++)
        for (int h = 0; h < heads; h++) {
            const float *q = qkv + (ptrdiff_t)s * context * stride + (ptrdiff_t)h * head;
            const float *k = q + width, *v = k + width;
            float *p = probabilities + ((size_t)s * heads + h) * context * context;
            float *o = out + (size_t)s * context * width + (size_t)h * head;
            for (int first = 0; first < context; first += block_rows) {
                const int rows = context - first < block_rows ? context - first : block_rows, keys = first + rows;
                float *scores = p + (size_t)first * context;
                ladder_builtin_multiply(rows, keys, head, q + first * stride, stride, 1, k, 1, stride, 0, scores,
                                        context);
                softmax_block(rows, first, keys, context, scale, scores);
                ladder_builtin_multiply(rows, head, keys, scores, context, 1, v, stride, 1, 0,
                                        o + (size_t)first * width, width);
            }
        }
}

void ladder_attention_backward(int sequences, int context, int heads, int head, const float *qkv,
                               const float *probabilities, const float *dout, float *dqkv) {
    const int width = heads * head;
    const ptrdiff_t stride = 3 * (ptrdiff_t)width;
    const float scale = 1.0f / sqrtf((float)head);
    float *dp = malloc(sizeof(float) * block_rows * (size_t)context);
    if (!dp) abort();
    for (int s = 0; s < sequences; s++)
        for (int h = 0; h < heads; h++) {
            const ptrdiff_t at = (ptrdiff_t)s * context * stride + (ptrdiff_t)h * head;
            const float *q = qkv + at, *k = q + width, *v = k + width;
            float *dq = dqkv + at, *dk = dq + width, *dv = dk + width;
            const float *p = probabilities + ((size_t)s * heads + h) * context * context;
            const float *dy = dout + (size_t)s * context * width + (size_t)h * head;
            // The last block of queries sees every key: it goes first and sets what the others add to.
            const int last = (context - 1) / block_rows * block_rows;
            for (int first = last; first >= 0; first -= block_rows) {
                const int rows = context - first < block_rows ? context - first : block_rows, keys = first + rows;
                const float *block = p + (size_t)first * context, *dblock = dy + (size_t)first * width;
                const int add = first != last;
                ladder_builtin_multiply(rows, keys, head, dblock, width, 1, v, 1, stride, 0, dp, context);
                ladder_builtin_multiply(keys, head, rows, block, 1, context, dblock, width, 1, add, dv, stride);
                softmax_block_backward(rows, keys, context, scale, block, dp);
                ladder_builtin_multiply(rows, head, keys, dp, context, 1, k, stride, 1, 0, dq + first * stride,
                                        stride);
                ladder_builtin_multiply(keys, head, rows, dp, 1, context, q + first * stride, stride, 1, add, dk,
                                        stride);
            }
        }
    free(dp);
}
