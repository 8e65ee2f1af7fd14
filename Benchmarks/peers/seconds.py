"""Tables of seconds and bytes."""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.signal

import chinchilla
from harness import ROUNDS, figures, markdown, median_seconds, medians, verdict


def fit(harness):
    tables = {"synthetic": harness.synthetic(240)}
    note = ""
    if harness.data:
        tables["digitised Chinchilla"] = digitised(harness)
    else:
        note = "\n\nThe digitised Chinchilla table is skipped: ALLOMETRY_DATA names no folder."
    rows = []
    for name, path in tables.items():
        rows += fit_rows(harness, name, path)
    return markdown(["table", "program", "ms", "objective", "times ours", "bar"], rows) + note


def digitised(harness):
    frame = pd.read_csv(harness.data / "chinchilla_digitized.csv")
    frame = frame[frame.dropped_by_source == 0]
    path = harness.folder / "digitised.csv"
    tokens = frame.flops / (6 * frame.params)
    pd.DataFrame({"N": frame.params, "D": tokens, "loss": frame.loss}).to_csv(path, index=False)
    return path


def fit_rows(harness, name, path):
    objective, starts, random = chinchilla.Objective(path), chinchilla.grid(), np.random.default_rng(1)
    rounds, lowest = [], np.inf
    for _ in range(ROUNDS):
        ours = harness.measure("fit", path)
        bfgs = median_seconds(lambda: chinchilla.bfgs(objective), 9)
        sample = random.permutation(starts)[:200]
        begin = time.process_time()
        lowest = min(lowest, chinchilla.lbfgsb(objective, sample))
        grid = (time.process_time() - begin) / len(sample) * len(starts)
        rounds.append({"pinned": ours["pinned"], "widest": ours["widest"], "bfgs": bfgs, "grid": grid,
                       "bfgs ratio": bfgs / ours["pinned"], "grid ratio": grid / ours["pinned"]})
    m = medians(rounds)
    begin = time.process_time()
    full = chinchilla.lbfgsb(objective, starts)
    whole = time.process_time() - begin
    value = lambda x: f"{x:.10e}"
    return [
        [name, "Allometry, automatic starts, pinned level", figures(m["pinned"] * 1e3), value(ours["objective"]), "1",
         f"≤ 2 ms: {verdict(m['pinned'] <= 2e-3)}"],
        [name, "the same, widest level", figures(m["widest"] * 1e3), value(ours["objective"]),
         figures(m["widest"] / m["pinned"], 2), ""],
        [name, "one SciPy BFGS from Hoffmann's values, gtol 1e-10", figures(m["bfgs"] * 1e3),
         value(chinchilla.bfgs(objective).fun), figures(m["bfgs ratio"]), f"≥ 1: {verdict(m['bfgs ratio'] >= 1)}"],
        [name, f"4,500 starts, SciPy L-BFGS-B: {ROUNDS} × 200 of them at random, extrapolated",
         figures(m["grid"] * 1e3), value(lowest), figures(m["grid ratio"], 4),
         f"≥ 1,000: {verdict(m['grid ratio'] >= 1000)}"],
        [name, "4,500 starts, all run once", figures(whole * 1e3), value(full), figures(whole / m["pinned"], 4), ""],
    ]


REPLICATES, PEER_REPLICATES = 4_000, 40


def bootstrap(harness):
    tables = {"synthetic": harness.synthetic(240), "near-collinear": harness.synthetic(240, "near-collinear")}
    if harness.data:
        tables["digitised Chinchilla"] = digitised(harness)
    rows = []
    for name, path in tables.items():
        rows += bootstrap_rows(harness, name, path)
    return markdown(["table", "program", f"{REPLICATES:,} replicates, s", "times ours", "bar"], rows)


def bootstrap_rows(harness, name, path):
    objective, random = chinchilla.Objective(path), np.random.default_rng(1)
    optimum = chinchilla.bfgs(objective).x
    count = len(objective.ln_y)
    rounds = []
    for _ in range(ROUNDS):
        ours = harness.measure("bootstrap", path, REPLICATES)
        begin = time.process_time()
        for _ in range(PEER_REPLICATES):
            chinchilla.bfgs(objective.resampled(random.integers(count, size=count)), optimum)
        ours["peer"] = (time.process_time() - begin) / PEER_REPLICATES
        rounds.append({**ours, "ratio": ours["peer"] / ours["pinned.warm"]})
    m = medians(rounds)
    total = lambda key: figures(m[key] * REPLICATES)
    judged = name != "near-collinear"  # the bars are for designs that tell the parameters apart
    warm, whole = m["pinned.warm"] * REPLICATES, m["pinned.global"] * REPLICATES
    bar = lambda text, met: f"{text}: {verdict(met)}" if judged else ""
    return [
        [name, "pairs, from the known minima, pinned level", total("pinned.warm"), "1",
         bar("≤ 0.3 s", warm <= 0.3)],
        [name, "the same, widest level", total("widest.warm"), figures(m["widest.warm"] / m["pinned.warm"], 2), ""],
        [name, "wild, pinned level", total("pinned.wild"), figures(m["pinned.wild"] / m["pinned.warm"], 2), ""],
        [name, "pairs, each searched globally, pinned level", total("pinned.global"),
         figures(m["pinned.global"] / m["pinned.warm"], 3), bar("≤ 3 s", whole <= 3)],
        [name, f"SciPy BFGS from the optimum, gtol 1e-10: {ROUNDS} × {PEER_REPLICATES}, extrapolated", total("peer"),
         figures(m["ratio"], 3), bar("≥ 50", m["ratio"] >= 50)],
        [name, "two threads, the same bytes" if m["same"] == 1 else "two threads, **other bytes**",
         f"{figures(m['speedup'])} times faster by the clock", "", bar("≥ 1.8", m["speedup"] >= 1.8)],
    ]


def evaluate(harness):
    rows = []
    for count, bar in [(245, 6), (10_000, 5), (1_000_000, 6)]:
        objective = chinchilla.Objective(harness.synthetic(count))
        point = np.array([np.log(477.8), np.log(2143), np.log(1.8172), 0.3473, 0.3672])
        rounds = []
        for _ in range(ROUNDS):
            ours = {name: value * 1e9 for name, value in harness.measure("evaluate", count).items()}
            calls = max(1, 20_000 // count)
            peer = median_seconds(lambda: [objective(point) for _ in range(calls)], 15) / calls / count * 1e9
            rounds.append({**ours, "numpy": peer})
        m = medians(rounds)
        for level in ("pinned", "widest"):
            gradient, bare = m[f"{level}.gradient"], m[f"{level}.bare"]
            verdicts = []
            if level == "pinned":
                verdicts.append(f"≤ {bar} ns: {verdict(gradient <= bar)}")
                if count == 10_000:
                    verdicts.append(f"≤ 2 × bare: {verdict(gradient <= 2 * bare)}")
            rows.append([f"{count:,}", level, figures(gradient),
                         figures(m[f"{level}.value"]), figures(bare), figures(gradient / bare),
                         figures(m["numpy"]), figures(m["numpy"] / gradient), "; ".join(verdicts)])
    return markdown(["rows", "level", "value and gradient, ns a row", "value alone", "bare 2 exp + 1 log",
                     "times bare", "numpy", "numpy / ours", "bar"], rows)


def compile_formula(harness):
    m = {name: value * 1e6 for name, value in medians([harness.measure("compile") for _ in range(ROUNDS)]).items()}
    return markdown(["from text to", "µs", "bar"], [
        ["a parsed formula", figures(m["parse"]), ""],
        ["a problem: bound to a table of two rows, with first and second derivatives", figures(m["problem"]), ""],
        ["a compiled program of value, gradient and second derivatives, ready to run", figures(m["program"]),
         f"≤ 50 µs: {verdict(m['program'] <= 50)}"]])


def schedules(harness):
    steps = 1_000_000
    warmup = steps // 100
    share = np.arange(steps - warmup) / (steps - warmup)
    rates = np.concatenate([np.linspace(0, 3e-4, warmup), 3e-5 + 2.7e-4 * 0.5 * (1 + np.cos(np.pi * share))])

    def peer():
        falls = np.concatenate([[0], rates[:-1] - rates[1:]])
        falls[:warmup] = 0
        return np.cumsum(scipy.signal.lfilter([1], [1, -0.999], falls))

    rounds = []
    for _ in range(ROUNDS):
        ours = harness.measure("schedules", steps)
        rounds.append({**ours, "peer": median_seconds(peer, 9)})
    m = medians(rounds)
    ms = lambda key: figures(m[key] * 1e3)
    ratio = lambda key: figures(m[key] / m["pinned.order0"], 2)
    us = lambda key: f"{figures(m[key] * 1e6)} µs"
    millions = markdown(["a million steps of a cosine", "ms", "times ours", "bar"], [
        ["annealing areas, every step stored, pinned level", ms("pinned.order0"), "1", ""],
        ["the same into memory that was there before", ms("pinned.again"), ratio("pinned.again"),
         f"≤ 1 ms: {verdict(m['pinned.again'] <= 1e-3)}"],
        ["in new memory, widest level", ms("widest.order0"), ratio("widest.order0"), ""],
        ["their derivative by λ as well, pinned level", ms("pinned.order1"), ratio("pinned.order1"), ""],
        ["and the second derivative, pinned level", ms("pinned.order2"), ratio("pinned.order2"), ""],
        ["a plain loop in Swift", ms("loop"), ratio("loop"), ""],
        ["SciPy lfilter and numpy cumsum", ms("peer"), ratio("peer"), ""],
        ["the rates of the schedule itself", ms("rates"), ratio("rates"), f"≤ 2 ms: {verdict(m['rates'] <= 2e-3)}"],
    ])
    powers = markdown(["multi-power sum, widest level", "one more step", "bar"], [
        ["24,000 changes of the rate", us("power.every"), ""],
        ["48,000 changes", us("power.twice"), f"linear: {verdict(m['power.twice'] <= 2.5 * m['power.every'])}"],
        ["one change in 24,000 steps", us("power.pieces"),
         f"pieces, not steps: {verdict(m['power.pieces'] <= 0.01 * m['power.every'])}"],
    ])
    fits = markdown(["a fit of luo-2025 to 513 rows of three curves of 24,000 steps, one start", "s", "times the first"], [
        ["rates that are smooth in the step", figures(m["curves.smooth"]), "1"],
        ["the same rates with the digits of a 32-bit number: every change is a term", figures(m["curves.digits"]),
         figures(m["curves.digits"] / m["curves.smooth"], 2)],
    ])
    return (f"{millions}\n\nBlocks and the plain loop differ by at most {m['error']:.1e} of an area.\n\n{powers}\n\n{fits}")


def memory(harness):
    path = harness.synthetic(1_000_000)
    cells = 3 * 8 * 1e6
    rows = []
    idle = statistics.median(harness.measure("memory", "empty", path)["bytes"] for _ in range(3))
    for part, label in [("read", "read the CSV"), ("evaluate", "read, evaluate objective and gradient"),
                        ("fit", "read, fit with automatic starts")]:
        m = medians([harness.measure("memory", part, path) for _ in range(3)])
        above = m["bytes"] - idle
        bar = "" if part == "read" else f"≤ 3: {verdict(above <= 3 * cells)}"
        rows.append([f"Allometry: {label}", figures(above / 1e6), figures(above / cells), figures(m["seconds"]), bar])
    peer = Path(__file__).with_name("peak.py")
    peaks = [float(subprocess.run([sys.executable, peer, *more], check=True, capture_output=True, text=True).stdout)
             for more in ([], [path])]
    rows.append(["pandas and numpy: read, evaluate objective and gradient", figures((peaks[1] - peaks[0]) / 1e6),
                 figures((peaks[1] - peaks[0]) / cells), "", ""])
    return markdown(["a million rows, three columns", "MB above an empty run", "times the cells", "seconds", "bar"], rows)


def process(harness):
    commands = {
        "`allometry --version`": [harness.command, "--version"],
        "`allometry predict hoffmann-2022 --at 'N=1e9, D=2e10'`":
            [harness.command, "predict", "hoffmann-2022", "--at", "N=1e9, D=2e10"],
        "an empty program (`true`)": ["true"],
        "`python -c 'import scipy.optimize'`": [sys.executable, "-c", "import scipy.optimize"],
    }
    times = {name: [] for name in commands}
    for turn in range(41):
        for name, words in commands.items():
            if name.startswith("`python") and turn % 5:
                continue
            begin = time.perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
            if turn > 0:
                times[name].append((time.perf_counter() - begin) * 1e3)
    rows = []
    for name, list_of_times in times.items():
        middle = statistics.median(list_of_times)
        bar = f"< 20 ms: {verdict(middle < 20)}" if "allometry" in name else ""
        rows.append([name, f"{figures(middle)} ms", bar])
    size = os.path.getsize(harness.command) / 1e6
    rows.append(["the stripped static binary", f"{figures(size)} MB", f"< 20 MB: {verdict(size < 20)}"])
    return markdown(["whole process", "", "bar"], rows)
