#!/usr/bin/env python3
"""Allometry beside SciPy, in one run: prints Markdown tables.

    python3 Benchmarks/compare.py BENCHMARKS_BINARY [TABLE.csv] [--command ALLOMETRY_BINARY]

TABLE has columns N, D and loss; without one a table of 240 runs is drawn from a known law. Needs numpy and scipy.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import scipy
from scipy.optimize import minimize

DELTA = 1e-3
HOFFMANN = [np.log(1.69337368), np.log(406.401018), np.log(410.722827), 0.33917084, 0.2849083]


def synthetic(rows, seed=1):
    """A table of runs: two terms over four decades, 1 % noise, one run in twenty an outlier."""
    rng = np.random.default_rng(seed)
    n, d = np.exp(rng.uniform(17.5, 23.5, rows)), np.exp(rng.uniform(20, 27, rows))
    loss = 1.8 + 450 * n**-0.345 + 1500 * d**-0.355
    noise = 0.01 * rng.standard_normal(rows) + np.where(rng.random(rows) < 0.05, rng.uniform(-0.1, 0.1, rows), 0)
    return n, d, loss * np.exp(noise)


def write(path, n, d, loss):
    with open(path, "w") as file:
        file.write("N,D,loss\n")
        np.savetxt(file, np.column_stack([n, d, loss]), fmt="%.17g", delimiter=",")


class Scipy:
    """The usual objective, Huber on log residuals through log-sum-exp, with its analytic gradient."""

    def __init__(self, n, d, loss):
        self.ln_n, self.ln_d, self.ln_y = np.log(n), np.log(d), np.log(loss)

    def __call__(self, x):
        e, a, b, alpha, beta = x
        terms = np.stack([np.full_like(self.ln_n, e), a - alpha * self.ln_n, b - beta * self.ln_d])
        top = terms.max(axis=0)
        parts = np.exp(terms - top)
        total = parts.sum(axis=0)
        r = self.ln_y - top - np.log(total)
        inside = np.abs(r) <= DELTA
        value = np.where(inside, r * r / 2, DELTA * (np.abs(r) - DELTA / 2)).sum()
        psi = np.where(inside, r, DELTA * np.sign(r))
        share = parts / total
        return value, np.array([-(psi * share[0]).sum(), -(psi * share[1]).sum(), -(psi * share[2]).sum(),
                                (psi * share[1] * self.ln_n).sum(), (psi * share[2] * self.ln_d).sum()])


def ours(binary, what, table):
    lines = subprocess.run([binary, what, table], check=True, capture_output=True, text=True).stdout.split("\n")
    return {name: float(value) for name, value in (line.split() for line in lines if len(line.split()) == 2)}


def peak(command):
    """Peak resident memory of a command in MB."""
    code = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);" \
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return float(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True).stdout) / 1024


def median(runs, body):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return sorted(times)[runs // 2]


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def whole_fit(binary, table, n, d, loss):
    figures = ours(binary, "fit", table)
    f = Scipy(n, d, loss)
    found = minimize(f, HOFFMANN, jac=True, method="BFGS", options={"gtol": 1e-10})
    one = median(7, lambda: minimize(f, HOFFMANN, jac=True, method="BFGS", options={"gtol": 1e-10}))
    rng = np.random.default_rng(0)
    grid = [[e, a, b, al, be] for al in np.arange(0, 2.5, 0.5) for be in np.arange(0, 2.5, 0.5)
            for e in np.arange(-1, 1.5, 0.5) for a in np.arange(0, 30, 5) for b in np.arange(0, 30, 5)]
    picked = [grid[k] for k in rng.choice(len(grid), 200, replace=False)]
    start = time.perf_counter()
    ends = [minimize(f, x, jac=True, method="L-BFGS-B").fun for x in picked]
    whole = (time.perf_counter() - start) * len(grid) / len(picked)
    best = min(figures["fit_objective"], found.fun, min(ends))
    reached = np.mean([end <= best * (1 + 1e-8) for end in ends])
    print(f"\n### A whole fit of {len(n)} runs, from formula text\n")
    row("", "ms", "times ours", "objective above the best")
    row("---", "---:", "---:", "---:")
    ms = figures["fit_ms"]
    for name, milliseconds, value in [
            ("ours, automatic starts", ms, figures["fit_objective"]),
            ("SciPy BFGS, analytic gradient, gtol 1e-10, one start (Hoffmann's values)", one * 1e3, found.fun),
            (f"SciPy L-BFGS-B, analytic gradient, {len(grid):,} starts (200 run, extrapolated; "
             f"{reached:.0%} of starts reach the best)", whole * 1e3, min(ends))]:
        row(name, f"{milliseconds:,.3g}", f"{milliseconds / ms:,.3g}", f"{value / best - 1:.1e}")


def rows(binary, table, n, d, loss):
    figures = ours(binary, "rows", table)
    print("\n### Objective with gradient, ns a row, one thread\n")
    row("rows", "avx2", "widest", "bare 2 exp + 1 log, avx2", "avx2 / bare", "numpy", "numpy / avx2")
    row(*["---:"] * 7)
    for count in (245, 10_000, 1_000_000):
        index = np.arange(count) % len(n)
        f = Scipy(n[index], d[index], loss[index])
        numpy = median(5 if count > 1e5 else 41, lambda: f(np.array(HOFFMANN))) * 1e9 / count
        narrow, wide = figures[f"gradient_ns_{count}_avx2"], figures[f"gradient_ns_{count}_best"]
        bare = figures[f"bare_ns_{count}_avx2"]
        row(f"{count:,}", f"{narrow:.2f}", f"{wide:.2f}", f"{bare:.2f}", f"{narrow / bare:.2f}", f"{numpy:.1f}",
            f"{numpy / narrow:.1f}")
    compilation = ours(binary, "compile", table)
    print(f"\nText to formula {compilation['parse_us']:.1f} µs; text to a bound objective with first and second "
          f"derivatives {compilation['compile_us']:.1f} µs.")


def memory(binary, folder):
    path = os.path.join(folder, "million.csv")
    write(path, *synthetic(1_000_000))
    idle = peak([binary, "idle", path])
    print("\n### Peak memory for a million rows of three columns, above an idle process\n")
    row("", "MB", "times 8 bytes a cell")
    row("---", "---:", "---:")
    for name, what in (("read and evaluate with gradient", "memory"), ("read and fit", "memory-fit")):
        used = peak([binary, what, path]) - idle
        row(name, f"{used:.0f}", f"{used * 2**20 / 24e6:.2f}")


def process(command):
    print("\n### The command as a whole process\n")
    for arguments in (["--version"], ["predict", "hoffmann-2022", "--at", "N=1e9, D=2e10"]):
        seconds = median(21, lambda: subprocess.run([command, *arguments], stdout=subprocess.DEVNULL, check=True))
        print(f"- `allometry {' '.join(arguments)}`: {seconds * 1e3:.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        stripped = os.path.join(folder, "allometry")
        subprocess.run(["strip", "-o", stripped, command], check=True)
        print(f"- stripped binary: {os.path.getsize(stripped) / 1e6:.1f} MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("table", nargs="?")
    parser.add_argument("--command")
    options = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        if options.table:
            n, d, loss = np.loadtxt(options.table, delimiter=",", skiprows=1, unpack=True)
        else:
            n, d, loss = synthetic(240)
        table = os.path.join(folder, "runs.csv")
        write(table, n, d, loss)
        print(f"numpy {np.__version__}, SciPy {scipy.__version__}, {os.cpu_count()} cores")
        whole_fit(options.binary, table, n, d, loss)
        rows(options.binary, table, n, d, loss)
        memory(options.binary, folder)
    if options.command:
        process(options.command)


if __name__ == "__main__":
    main()
