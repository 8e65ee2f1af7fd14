"""How long `allometry next` takes, as it is typed: reading, the fit, the draws, and the choice."""
import os
import statistics
import subprocess
import time

from harness import figures, markdown, verdict

TURNS = 7


def next_runs(harness):
    table = harness.synthetic(240)
    common = [harness.command, "next", str(table), "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--residual", "log",
              "--loss", "huber:1e-3", "--bound", "E=0..", "--bound", "A=0..", "--bound", "B=0..",
              "--target", "loss at N=70B, D=1.4T"]
    grid = ["--candidates", "N=10M..10B@25, D=200M..200B@20"]
    large = ["--candidates", "N=10M..10B@50, D=200M..200B@40"]
    questions = [
        ("500 candidates, the linearised law", grid, None),
        ("500 candidates, 1,000 draws", grid + ["--bootstrap", "wild:1000"], 2),
        ("the same as a batch", grid + ["--bootstrap", "wild:1000", "--spend", "1e22"], 2),
        ("2,000 candidates, the linearised law", large, None),
    ]
    rows = []
    for name, words, bar in questions:
        wall, processor = [], []
        for turn in range(TURNS + 1):
            before, begin = os.times(), time.perf_counter()
            subprocess.run(common + words, check=True, stdout=subprocess.DEVNULL)
            if turn > 0:
                wall.append(time.perf_counter() - begin)
                after = os.times()
                processor.append(after.children_user + after.children_system
                                 - before.children_user - before.children_system)
        middle = statistics.median(wall)
        rows.append([name, figures(middle), figures(statistics.median(processor)),
                     "" if bar is None else f"≤ {bar} s: {verdict(middle <= bar)}"])
    return markdown(["240 runs, five of them named", "seconds by the clock", "of the processor", "bar"], rows)
