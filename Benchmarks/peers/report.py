"""The table of reports: a page of 500 runs with 4,000 draws."""
import statistics
import subprocess
import time

from harness import figures, markdown, verdict

RUNS, DRAWS, ROUNDS = 500, 4_000, 9


def report(harness):
    table, law, page = harness.synthetic(RUNS), harness.folder / "many.law", harness.folder / "many.html"
    model = ["--formula", "loss ~ E + A/N^alpha + B/D^beta", "--residual", "log", "--bootstrap", str(DRAWS)]
    asked = ["--at", "N=70B, D=1.4T", "--flops", "1e24", "--to", page]
    commands = {
        "fit": ["fit", table, *model, "--save", law],
        "law": ["report", law, *asked],
        "table": ["report", table, *model, *asked],
        "bare": ["report", law, *asked, "--without", "figures,backtest,sensitivity"],
    }
    times = {name: [] for name in commands}
    sizes = {}
    for turn in range(ROUNDS + 1):
        for name, words in commands.items():
            begin = time.perf_counter()
            subprocess.run([harness.command, *map(str, words)], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            if turn > 0:
                times[name].append(time.perf_counter() - begin)
            if name != "fit":
                sizes[name] = page.stat().st_size / 1e6
    middle = {name: statistics.median(values) for name, values in times.items()}
    beyond = statistics.median(whole - fit for whole, fit in zip(times["table"], times["fit"]))
    second = lambda value: f"{figures(value)} s"
    size = lambda name: f"{figures(sizes[name])} MB"
    return markdown(["whole process", "wall clock", "page", "bar"], [
        [f"`fit`, {RUNS} runs, {DRAWS:,} draws, saved", second(middle["fit"]), "", ""],
        ["`report` of that law file, its runs found beside it", second(middle["law"]), size("law"),
         f"< 1 s: {verdict(middle['law'] < 1)}, < 1 MB: {verdict(sizes['law'] < 1)}"],
        [f"`report` of the table, fitted with {DRAWS:,} draws on the way", second(middle["table"]), size("table"), ""],
        ["the same less the fit", second(beyond), "", f"< 1 s: {verdict(beyond < 1)}"],
        ["`report` of the law file without figures, backtest and sensitivity", second(middle["bare"]),
         size("bare"), ""],
    ])
