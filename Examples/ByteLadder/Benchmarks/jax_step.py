"""The same model, batch and optimizer as byte-ladder in JAX, jitted: tokens a second of a training step.

    python jax_step.py WIDTH LAYERS HEADS HIDDEN CONTEXT SEQUENCES SECONDS

Prints one JSON line. The whole step is one compiled function whose arguments are donated; compilation and five steps
are not counted; the median step is. Restrict the cores from outside: taskset -c 0.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

width, layers, heads, hidden, context, sequences = map(int, sys.argv[1:7])
seconds = float(sys.argv[7])
head = width // heads
beta1, beta2, epsilon, decay, clip, rate = 0.9, 0.98, 1e-8, 0.1, 1.0, 1e-4


def parameters(key):
    keys = iter(jax.random.split(key, 6 * layers + 2))
    normal = lambda rows, columns, scale: scale * jax.random.normal(next(keys), (rows, columns), jnp.float32)
    return {
        "embedding": normal(256, width, 0.5),
        "head": normal(256, width, 0.1 * width**-0.5),
        "last": jnp.ones(width),
        "blocks": [
            {
                "gain1": jnp.ones(width),
                "qkv": normal(width, 3 * width, width**-0.5),
                "out": normal(width, width, (2 * layers * width) ** -0.5),
                "gain2": jnp.ones(width),
                "in": normal(width, 2 * hidden, width**-0.5),
                "down": normal(hidden, width, (2 * layers * hidden) ** -0.5),
            }
            for _ in range(layers)
        ],
    }


positions = np.arange(context)[:, None] * 10000.0 ** (-2.0 * np.arange(head // 2)[None, :] / head)
cosine, sine = jnp.asarray(np.cos(positions), jnp.float32), jnp.asarray(np.sin(positions), jnp.float32)
causal = jnp.tril(jnp.ones((context, context), bool))


def norm(x, gain):
    return x * jax.lax.rsqrt(jnp.mean(x * x, axis=-1, keepdims=True) + 1e-6) * gain


def rotate(x):  # sequences, heads, context, head
    low, high = x[..., : head // 2], x[..., head // 2 :]
    return jnp.concatenate([low * cosine - high * sine, high * cosine + low * sine], axis=-1)


def loss(p, inputs, targets):
    x = p["embedding"][inputs]
    for block in p["blocks"]:
        q, k, v = jnp.split(norm(x, block["gain1"]) @ block["qkv"], 3, axis=-1)
        split = lambda z: z.reshape(sequences, context, heads, head).transpose(0, 2, 1, 3)
        scores = jnp.einsum("bhqd,bhkd->bhqk", rotate(split(q)), rotate(split(k))) * head**-0.5
        weights = jax.nn.softmax(jnp.where(causal, scores, -1e30), axis=-1)
        mixed = jnp.einsum("bhqk,bhkd->bhqd", weights, split(v)).transpose(0, 2, 1, 3)
        x = x + mixed.reshape(sequences, context, width) @ block["out"]
        gate, up = jnp.split(norm(x, block["gain2"]) @ block["in"], 2, axis=-1)
        x = x + (jax.nn.silu(gate) * up) @ block["down"]
    logits = norm(x, p["last"]) @ p["head"].T
    right = jnp.take_along_axis(logits, targets[..., None], axis=-1)[..., 0]
    return jnp.mean(jax.nn.logsumexp(logits, axis=-1) - right)


def step(p, m, v, t, inputs, targets):
    value, g = jax.value_and_grad(loss)(p, inputs, targets)
    size = jnp.sqrt(sum(jnp.sum(x * x) for x in jax.tree.leaves(g)))
    g = jax.tree.map(lambda x: x * jnp.minimum(1.0, clip / size), g)
    m = jax.tree.map(lambda a, x: beta1 * a + (1 - beta1) * x, m, g)
    v = jax.tree.map(lambda a, x: beta2 * a + (1 - beta2) * x * x, v, g)
    c1, c2 = 1 - beta1**t, 1 - beta2**t
    p = jax.tree.map(
        lambda w, a, b: w * (1 - rate * decay * (w.ndim > 1)) - rate * (a / c1) / (jnp.sqrt(b / c2) + epsilon), p, m, v
    )
    return p, m, v, value


p = parameters(jax.random.key(1))
m, v = jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p)
random = np.random.default_rng(1)
inputs = jnp.asarray(random.integers(0, 256, (sequences, context)), jnp.int32)
targets = jnp.asarray(random.integers(0, 256, (sequences, context)), jnp.int32)
begun = time.perf_counter()
compiled = jax.jit(step, donate_argnums=(0, 1, 2)).lower(p, m, v, 1.0, inputs, targets).compile()
compilation = time.perf_counter() - begun
times, processor = [], 0.0
for t in range(1, 1_000_000):
    if t == 6:
        processor = time.process_time()
    begun = time.perf_counter()
    p, m, v, value = compiled(p, m, v, jnp.float32(t), inputs, targets)
    value.block_until_ready()
    if t > 5:
        times.append(time.perf_counter() - begun)
        if sum(times) >= seconds and len(times) >= 5:
            break
processor = time.process_time() - processor
tokens = sequences * context
print(
    json.dumps(
        {
            "matrices": f"jax {jax.__version__}",
            "batch_tokens": tokens,
            "tokens_per_second": int(tokens / sorted(times)[len(times) // 2]),
            "tokens_per_processor_second": int(tokens * len(times) / processor),
            "compile_seconds": round(compilation, 1),
        }
    )
)
