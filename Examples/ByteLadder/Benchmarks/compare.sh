#!/usr/bin/env bash
# Training speed of the same model, batch and optimizer: byte-ladder over BLAS, byte-ladder's own kernel, and JAX, in
# turn on the same core, several rounds in one run. Tokens a second of processor time (the median of the rounds), so
# that other work on the machine hardly counts; the wall's figure is beside it.
#
#   PYTHON=/path/to/venv/bin/python ./compare.sh [ROUNDS] [SECONDS]
#
# A Python with JAX is all that is needed besides: python3 -m venv V && V/bin/pip install jax. A BLAS, such as
# Debian's libopenblas0-pthread, is found by its name; without one that line repeats the built-in kernel.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
seconds=${2:-4}
core=${CORE:-0}
python=${PYTHON:-python3}
"$python" -c 'import jax' 2>/dev/null || { echo "error: no JAX in '$python'" >&2; echo "  help: PYTHON=FILE names one that has it" >&2; exit 1; }
swift build -c release >/dev/null
results=$(mktemp)
trap 'rm -f "$results"' EXIT
on_core() { if command -v taskset >/dev/null; then taskset -c "$core" "$@"; else "$@"; fi; }
# width layers heads hidden sequences of 128 bytes
for model in "64 3 4 168 8" "128 5 8 344 2" "128 5 8 344 8"; do
    read -r width layers heads hidden sequences <<<"$model"
    for ((round = 0; round < rounds; round++)); do
        for matrices in auto built-in; do
            line=$(on_core .build/release/byte-ladder speed --width "$width" --layers "$layers" --heads "$heads" \
                --hidden "$hidden" --batch $((128 * sequences)) --matrices "$matrices" --seconds "$seconds")
            echo "$width×$layers, batch $((128 * sequences))|$matrices|$line" >>"$results"
        done
        line=$(on_core "$python" Benchmarks/jax_step.py "$width" "$layers" "$heads" "$hidden" 128 "$sequences" "$seconds")
        echo "$width×$layers, batch $((128 * sequences))|jax|$line" >>"$results"
    done
done
"$python" - "$results" <<'PYTHON'
import collections, json, statistics, sys
rows = collections.OrderedDict()
for line in open(sys.argv[1]):
    model, kind, values = line.rstrip("\n").split("|")
    rows.setdefault(model, {}).setdefault(kind, []).append(json.loads(values))
print("| model | matrix products | tokens/s of processor time | tokens/s by the clock | times JAX |")
print("|---|---|---:|---:|---:|")
for model, kinds in rows.items():
    figure = lambda kind, key: statistics.median(v[key] for v in kinds[kind])
    base = figure("jax", "tokens_per_processor_second")
    for kind in ("auto", "built-in", "jax"):
        speed = figure(kind, "tokens_per_processor_second")
        print(f"| {model} | {kinds[kind][0]['matrices']} | {speed:,.0f} | {figure(kind, 'tokens_per_second'):,.0f} | {speed / base:.2f} |")
PYTHON
