// The layers that are not matrix products: norm, activations, embedding, cross-entropy, and the optimizer's step.
#include "clones.h"
#include "LadderKernels.h"
#include <math.h>
#include <string.h>

static const float norm_epsilon = 1e-6f;

LADDER_CLONES
void ladder_norm(int rows, int width, const float *x, const float *gain, float *y, float *inverse) {
    for (int i = 0; i < rows; i++) {
        const float *restrict a = x + (size_t)i * width;
        float *restrict b = y + (size_t)i * width;
        float sum = 0;
        for (int j = 0; j < width; j++) sum += a[j] * a[j];
        const float r = 1.0f / sqrtf(sum / (float)width + norm_epsilon);
        for (int j = 0; j < width; j++) b[j] = a[j] * r * gain[j];
        inverse[i] = r;
    }
}

LADDER_CLONES
void ladder_norm_backward(int rows, int width, const float *x, const float *gain, const float *inverse,
                          const float *dy, float *dx, float *dgain) {
    for (int i = 0; i < rows; i++) {
        const float *restrict a = x + (size_t)i * width, *restrict d = dy + (size_t)i * width;
        float *restrict out = dx + (size_t)i * width;
        float *restrict dg = dgain;
        const float r = inverse[i];
        float dot = 0;
        for (int j = 0; j < width; j++) dot += d[j] * gain[j] * a[j];
        const float pull = dot * r * r * r / (float)width;
        for (int j = 0; j < width; j++) {
            out[j] += d[j] * gain[j] * r - a[j] * pull;
            dg[j] += d[j] * a[j] * r;
        }
    }
}

LADDER_CLONES
void ladder_gated(int rows, int hidden, const float *gate_up, float *h) {
    for (int i = 0; i < rows; i++) {
        const float *restrict gate = gate_up + (size_t)i * 2 * hidden, *restrict up = gate + hidden;
        float *restrict out = h + (size_t)i * hidden;
        for (int j = 0; j < hidden; j++) out[j] = gate[j] / (1.0f + ladder_exp(-gate[j])) * up[j];
    }
}

LADDER_CLONES
void ladder_gated_backward(int rows, int hidden, const float *gate_up, const float *dh, float *dgate_up) {
    for (int i = 0; i < rows; i++) {
        const float *restrict gate = gate_up + (size_t)i * 2 * hidden, *restrict up = gate + hidden;
        const float *restrict d = dh + (size_t)i * hidden;
        float *restrict dgate = dgate_up + (size_t)i * 2 * hidden, *restrict dup = dgate + hidden;
        for (int j = 0; j < hidden; j++) {
            const float g = gate[j], sigma = 1.0f / (1.0f + ladder_exp(-g)), silu = g * sigma;
            dup[j] = d[j] * silu;
            dgate[j] = d[j] * up[j] * (sigma + silu * (1.0f - sigma));
        }
    }
}

// gelu(x) = x s with s = sigmoid(2 u), u = sqrt(2/pi) (x + 0.044715 x^3): the tanh form, written with one exponential.
LADDER_CLONES
void ladder_gelu(size_t count, const float *x, float *h) {
    for (size_t i = 0; i < count; i++) {
        const float v = x[i], u2 = 1.59576912f * (v + 0.044715f * v * v * v);
        h[i] = v / (1.0f + ladder_exp(-u2));
    }
}

LADDER_CLONES
void ladder_gelu_backward(size_t count, const float *x, const float *dh, float *dx) {
    for (size_t i = 0; i < count; i++) {
        const float v = x[i], u2 = 1.59576912f * (v + 0.044715f * v * v * v);
        const float s = 1.0f / (1.0f + ladder_exp(-u2));
        const float slope = 1.59576912f * (1.0f + 0.134145f * v * v);
        dx[i] = dh[i] * (s + v * s * (1.0f - s) * slope);
    }
}

LADDER_CLONES
void ladder_add(size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] += x[i];
}

void ladder_embed(int rows, int width, int context, const uint8_t *tokens, const float *table, const float *positions,
                  float *x) {
    for (int i = 0; i < rows; i++) {
        memcpy(x + (size_t)i * width, table + (size_t)tokens[i] * width, sizeof(float) * (size_t)width);
        if (positions) ladder_add((size_t)width, positions + (size_t)(i % context) * width, x + (size_t)i * width);
    }
}

void ladder_embed_backward(int rows, int width, int context, const uint8_t *tokens, const float *dx, float *dtable,
                           float *dpositions) {
    for (int i = 0; i < rows; i++) {
        ladder_add((size_t)width, dx + (size_t)i * width, dtable + (size_t)tokens[i] * width);
        if (dpositions) ladder_add((size_t)width, dx + (size_t)i * width, dpositions + (size_t)(i % context) * width);
    }
}

LADDER_CLONES
double ladder_cross_entropy(int rows, int classes, const uint8_t *targets, float scale, float *logits) {
    double total = 0;
    for (int i = 0; i < rows; i++) {
        float *restrict z = logits + (size_t)i * classes;
        const float right = z[targets[i]];
        float top = z[0];
        for (int j = 1; j < classes; j++) top = z[j] > top ? z[j] : top;
        float sum = 0;
        for (int j = 0; j < classes; j++) {
            const float e = ladder_exp(z[j] - top);
            z[j] = e;
            sum += e;
        }
        // A logit that is not a number must reach the loss: comparisons above would drop it.
        total += (double)(top - right) + log((double)sum);
        if (scale != 0) {
            const float inverse = scale / sum;
            for (int j = 0; j < classes; j++) z[j] *= inverse;
            z[targets[i]] -= scale;
        }
    }
    return total;
}

LADDER_CLONES
double ladder_sum_of_squares(size_t count, const float *x) {
    double total = 0;
    for (size_t i = 0; i < count; i++) total += (double)x[i] * (double)x[i];
    return total;
}

LADDER_CLONES
void ladder_adamw(size_t count, float *p, const float *g, float *m, float *v, float clip, float lr, float beta1,
                  float beta2, float epsilon, float decay, float correction1, float correction2) {
    const float step = lr / correction1, root = 1.0f / sqrtf(correction2), keep = 1.0f - lr * decay;
    for (size_t i = 0; i < count; i++) {
        const float gradient = g[i] * clip;
        const float first = beta1 * m[i] + (1.0f - beta1) * gradient;
        const float second = beta2 * v[i] + (1.0f - beta2) * gradient * gradient;
        m[i] = first;
        v[i] = second;
        p[i] = p[i] * keep - step * first / (sqrtf(second) * root + epsilon);
    }
}
