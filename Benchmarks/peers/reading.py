"""Seconds and bytes of reading tables and logs, beside pandas, pyarrow and TensorBoard's own reader."""
import importlib.metadata
import statistics
import subprocess
import time

import numpy as np
import pandas as pd

from harness import ROUNDS, figures, markdown, medians, verdict

ROWS = 1_000_000
RUNS, SCALARS = 1_000, 10_000_000
PEER_RUNS = 20  # of the thousand, as many as TensorBoard's reader takes in some seconds


def reading(harness):
    try:
        import pyarrow
        import tensorboard
    except ImportError as error:
        return f"Skipped: {error}; Benchmarks/peers/requirements.txt has what it needs."
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("pandas", "pyarrow", "tensorboard"))
    return f"{tables(harness)}\n\n{logs(harness)}\n\nWith {versions}."


def tables(harness):
    import pyarrow
    import pyarrow.parquet
    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    frame = million()
    numbers = frame[["loss", "lr", "grad_norm"]]
    path = lambda name: harness.folder / name
    frame.to_csv(path("runs.csv"), index=False)
    numbers.to_csv(path("numbers.csv"), index=False)
    frame.to_json(path("runs.jsonl"), orient="records", lines=True, double_precision=15)
    for codec in ("snappy", "zstd"):
        frame.to_parquet(path(f"{codec}.parquet"), compression=codec, index=False)
    arrow = lambda file: pyarrow.parquet.read_table(file, use_threads=False)
    cases = [
        ("CSV, 6 columns, one of text", "runs.csv", "pandas.read_csv (C)", pd.read_csv, 1),
        ("CSV, 3 columns of numbers", "numbers.csv", "pandas.read_csv (C)", pd.read_csv, 1),
        ("JSON Lines, 6 columns", "runs.jsonl", "pandas.read_csv (C) of the same table as CSV",
         lambda file: pd.read_csv(path("runs.csv")), 1),
        ("JSON Lines, 6 columns", "runs.jsonl", "pandas.read_json", lambda file: pd.read_json(file, lines=True), 1),
        ("Parquet, 6 columns, Snappy", "snappy.parquet", "pyarrow, one thread", arrow, None),
        ("Parquet, 6 columns, Zstandard", "zstd.parquet", "pyarrow, one thread", arrow, None),
    ]
    rows = []
    for label, file, peer, read, bar in cases:
        rounds = []
        for _ in range(ROUNDS if "json" not in peer else 2):
            ours = harness.measure("reading", "table", path(file))["seconds"]
            begin = time.process_time()
            read(path(file))
            theirs = time.process_time() - begin
            rounds.append({"ours": ours, "theirs": theirs, "ratio": theirs / ours})
        m = medians(rounds)
        rows.append([label, figures(m["ours"] * 1e3), peer, figures(m["theirs"] * 1e3), figures(m["ratio"]),
                     f"≥ {bar}: {verdict(m['ratio'] >= bar)}" if bar else ""])
    return markdown(["a million rows", "Allometry, ms", "peer", "its ms", "times ours", "bar"], rows)


def million():
    """A hundred runs of ten thousand steps."""
    random = np.random.default_rng(1)
    step = np.arange(ROWS) % 10_000
    run = np.array([f"run-{k:03d}" for k in range(ROWS // 10_000)])[np.arange(ROWS) // 10_000]
    return pd.DataFrame({
        "run": run, "step": step * 100, "loss": 2 + 8 / np.sqrt(step + 1) + random.normal(0, 1e-2, ROWS),
        "lr": 1.5e-4 * (1 + np.cos(step / 10_000 * np.pi)), "grad_norm": random.lognormal(0, 1, ROWS).round(4),
        "tokens": step.astype(np.int64) * 524_288,
    })


def logs(harness):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    folder = harness.folder / "events"
    folder.mkdir()
    subprocess.run([harness.library, "events", folder, str(RUNS), str(SCALARS)], check=True)
    idle = statistics.median(harness.measure("memory", "empty", folder)["bytes"] for _ in range(3))
    rounds = []
    for turn in range(ROUNDS):
        ours = harness.measure("reading", "events", folder)
        count, begin = 0, time.process_time()
        for run in range(PEER_RUNS):
            reader = EventAccumulator(str(folder / f"run-{turn * PEER_RUNS + run}"), {"scalars": 0, "tensors": 0})
            reader.Reload()
            tags = reader.Tags()
            count += sum(len(reader.Scalars(tag)) for tag in tags["scalars"])
            count += sum(len(reader.Tensors(tag)) for tag in tags["tensors"])
        peer = (time.process_time() - begin) / count
        mine = ours["seconds"] / ours["scalars"]
        rounds.append({"ours": mine, "peer": peer, "ratio": peer / mine, "count": count})
    m = medians(rounds)
    size = statistics.median(harness.measure("memory", "events", folder)["bytes"] for _ in range(3)) - idle
    result = 24 * SCALARS
    return markdown([f"TensorBoard, {RUNS:,} runs, {SCALARS:,} scalars", "seconds", "ns a scalar", "times ours", "bar"], [
        ["Allometry, one thread", figures(m["ours"] * SCALARS), figures(m["ours"] * 1e9), "1",
         f"memory {figures(size / result)} × 24 bytes a scalar, < 2: {verdict(size < 2 * result)}"],
        [f"EventAccumulator, size guidance 0: {ROUNDS} × {PEER_RUNS} of the runs, extrapolated",
         figures(m["peer"] * SCALARS), figures(m["peer"] * 1e9), figures(m["ratio"]),
         f"≥ 20: {verdict(m['ratio'] >= 20)}"],
    ])
