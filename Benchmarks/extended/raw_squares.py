#!/usr/bin/env python3
"""The squared-loss optimum of E + A/N^alpha + B/D^beta on raw losses, in 40 digits by Newton's method.

    python3 Benchmarks/extended/raw_squares.py TABLE.csv

TABLE has the columns params, flops, loss and dropped_by_source; D = flops / (6 params). A second opinion on digits that
double precision cannot settle.
"""
import csv
import sys

from mpmath import log, lu_solve, matrix, mp, mpf, nstr

mp.dps = 40
rows = [(mpf(r["params"]), mpf(r["flops"]) / (6 * mpf(r["params"])), mpf(r["loss"]))
        for r in csv.DictReader(open(sys.argv[1])) if r["dropped_by_source"] == "0"]
logs = [(log(n), log(d), y) for n, d, y in rows]


def evaluate(x):
    """Objective, gradient and Hessian at (E, A, B, alpha, beta)."""
    e, a, b, alpha, beta = x
    total, gradient, hessian = mpf(0), matrix(5, 1), matrix(5, 5)
    for ln_n, ln_d, y in logs:
        u, v = mp.exp(-alpha * ln_n), mp.exp(-beta * ln_d)
        r = y - e - a * u - b * v
        first = [mpf(1), u, v, -a * ln_n * u, -b * ln_d * v]
        second = {(1, 3): -ln_n * u, (2, 4): -ln_d * v, (3, 3): a * ln_n**2 * u, (4, 4): b * ln_d**2 * v}
        total += r * r
        for i in range(5):
            gradient[i] -= 2 * r * first[i]
            for j in range(5):
                hessian[i, j] += 2 * first[i] * first[j] - 2 * r * second.get((min(i, j), max(i, j)), 0)
    return total, gradient, hessian


x = [mpf("1.8828"), mpf("567.805"), mpf("7581.85"), mpf("0.357615"), mpf("0.4276206")]
for _ in range(30):
    total, gradient, hessian = evaluate(x)
    step = lu_solve(hessian, -gradient)
    x = [value + step[k] for k, value in enumerate(x)]
    if max(abs(step[k] / x[k]) for k in range(5)) < mpf("1e-30"):
        break
print(len(rows), "rows, objective", nstr(evaluate(x)[0], 18))
print("largest gradient", nstr(max(abs(g) for g in evaluate(x)[1]), 3))
for name, value in zip(["E", "A", "B", "alpha", "beta"], x):
    print(name, nstr(value, 15))
