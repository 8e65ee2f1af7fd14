"""Digits on the 27 nonlinear problems of the NIST Statistical Reference Datasets, from both certified starts."""
import json
import math
import re
import subprocess
import warnings
from pathlib import Path

import lmfit
import numpy as np
from scipy.optimize import curve_fit

from harness import markdown

MODELS = Path(__file__).resolve().parent.parent / "nist" / "models.tsv"
HEAD = """# Correct digits on the NIST problems

The 27 nonlinear problems of the [NIST Statistical Reference Datasets](https://www.itl.nist.gov/div898/strd/), each from
both of its certified starts. A figure is the number of correct digits, −log₁₀ of the relative error, of the worst
parameter; 11 is the most, for that is what NIST certifies. *Failed*: the program said so, or gave no number.

- Allometry: `allometry fit FILE.csv --formula … --start … --format json`, nothing else said. The formulas are in
  [models.tsv](../Benchmarks/nist/models.tsv).
- SciPy: `curve_fit(…, method="lm")`, defaults, derivatives by differences.
- lmfit: `Model.fit(…)`, defaults (`leastsq`), derivatives by differences.

`Benchmarks/run --record` writes this page.
"""


class Problem:
    def __init__(self, path, formula):
        self.left, self.right = (side.strip() for side in formula.split("~"))
        self.formula, self.name = formula, path.stem
        self.names, self.starts, self.certified = [], [[], []], []
        columns, rows = [], []
        for number, line in enumerate(path.read_text(encoding="latin-1").splitlines()):
            words = line.split()
            if words[:1] == ["Data:"] and number > 50:
                columns = words[1:]
            elif columns and len(words) == len(columns):
                rows.append(words)
            elif len(words) >= 6 and re.fullmatch(r"b\d+", words[0]) and words[1] == "=":
                self.names.append(words[0])
                for start in (0, 1):
                    self.starts[start].append(words[2 + start])
                self.certified.append(float(words[4]))
        self.columns, self.rows = columns, rows
        self.data = dict(zip(columns, np.array(rows, dtype=float).T))

    def python(self, expression):
        return expression.replace("^", "**")

    @property
    def scope(self):
        functions = {"exp": np.exp, "ln": np.log, "sin": np.sin, "cos": np.cos, "atan": np.arctan, "pi": np.pi}
        return {**functions, **self.data, "__builtins__": {}}

    def response(self):
        return eval(self.python(self.left), self.scope)

    def function(self):
        """f(x, b1, b2, …); the columns are bound, so x does not count."""
        code, scope = compile(self.python(self.right), self.name, "eval"), self.scope
        return lambda x, *values: eval(code, scope, dict(zip(self.names, values)))

    def digits(self, values):
        if values is None or not all(map(math.isfinite, values)):
            return None
        worst = max(abs(value - true) / abs(true) for value, true in zip(values, self.certified))
        return 11.0 if worst == 0 else min(11.0, max(0.0, -math.log10(worst)))


def by_command(problem, start, harness):
    path = harness.folder / f"{problem.name}.csv"
    path.write_text("\n".join(",".join(row) for row in [problem.columns, *problem.rows]) + "\n")
    starts = ", ".join(f"{name}={value}" for name, value in zip(problem.names, start))
    words = [harness.command, "fit", path, "--formula", problem.formula, "--start", starts, "--format", "json"]
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode != 0 or not result.stdout:
        return None
    reply = json.loads(result.stdout)
    if not reply["termination"]["converged"]:
        return None
    return [reply["parameters"][name]["value"] for name in problem.names]


def by_scipy(problem, start, _):
    x = np.arange(len(problem.rows), dtype=float)
    try:
        return curve_fit(problem.function(), x, problem.response(), p0=[float(s) for s in start], method="lm")[0]
    except (RuntimeError, ValueError):
        return None


def by_lmfit(problem, start, _):
    function = problem.function()
    x = np.arange(len(problem.rows), dtype=float)
    scope = {"function": function}
    exec(f"def model(x, {', '.join(problem.names)}): return function(x, {', '.join(problem.names)})", scope)
    model = lmfit.Model(scope["model"], independent_vars=["x"])
    try:
        result = model.fit(problem.response(), x=x, **{n: float(s) for n, s in zip(problem.names, start)})
    except (RuntimeError, ValueError):
        return None
    return [result.params[name].value for name in problem.names] if result.success else None


def table(harness):
    folder = harness.data / "nist" if harness.data else None
    if not folder or not folder.is_dir():
        return "The NIST problems are skipped: ALLOMETRY_DATA names no folder with `nist` in it."
    programs = {"Allometry": by_command, "SciPy": by_scipy, "lmfit": by_lmfit}
    rows, found = [], {name: [] for name in programs}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for line in MODELS.read_text().splitlines()[3:]:
            name, formula = line.split("\t")
            problem = Problem(folder / f"{name}.dat", formula)
            row = [name, len(problem.names), len(problem.rows)]
            for start in problem.starts:
                for program, solve in programs.items():
                    digits = problem.digits(solve(problem, start, harness))
                    found[program].append(digits)
                    row.append("failed" if digits is None else f"{digits:.1f}")
            rows.append(row)
    header = ["problem", "parameters", "rows"] + [f"{name}, start {k}" for k in (1, 2) for name in programs]
    summary = [[name, f"{sum(d is not None and d >= 8 for d in all_of)} of {len(all_of)}",
                f"{sum(d is not None and d >= 4 for d in all_of)} of {len(all_of)}",
                sum(d is None for d in all_of), f"{min((d for d in all_of if d is not None), default=0):.1f}"]
               for name, all_of in found.items()]
    return (markdown(["program", "8 digits or more", "4 digits or more", "failed", "worst that did not fail"], summary)
            + "\n\n" + markdown(header, rows))
