"""The field's objective in numpy, its minimisation by SciPy, and the grid of starts of Hoffmann et al. (2022)."""
import copy
import itertools

import numpy as np
from scipy.optimize import minimize

DELTA = 1e-3
HOFFMANN = np.array([np.log(406.4), np.log(410.7), np.log(1.69), 0.34, 0.28])


class Objective:
    """Σ Huber(ln y − ln(exp(e) + exp(a)/N^alpha + exp(b)/D^beta)) and its gradient by (a, b, e, alpha, beta).

    Logarithms of columns are taken once; the exponentials are shared between value and gradient.
    """

    def __init__(self, path):
        n, d, loss = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
        self.ln_n, self.ln_d, self.ln_y = np.log(n), np.log(d), np.log(loss)

    def resampled(self, rows):
        """The same objective on some of the rows, as often as they are listed."""
        other = copy.copy(self)
        other.ln_n, other.ln_d, other.ln_y = self.ln_n[rows], self.ln_d[rows], self.ln_y[rows]
        return other

    def __call__(self, x):
        a, b, e, alpha, beta = x
        first, second, floor = np.exp(a - alpha * self.ln_n), np.exp(b - beta * self.ln_d), np.exp(e)
        predicted = first + second + floor
        r = self.ln_y - np.log(predicted)
        psi = np.clip(r, -DELTA, DELTA)
        value = np.dot(psi, r - 0.5 * psi)
        u = psi / predicted
        first *= u
        second *= u
        return value, np.array([
            -first.sum(), -second.sum(), -floor * u.sum(), np.dot(first, self.ln_n), np.dot(second, self.ln_d)])


def bfgs(objective, start=HOFFMANN):
    """One BFGS, from Hoffmann's values or others, with a gradient tolerance that reaches the optimum."""
    with np.errstate(all="ignore"):
        return minimize(objective, start, jac=True, method="BFGS", options={"gtol": 1e-10})


def lbfgsb(objective, starts):
    """The lowest objective that L-BFGS-B with its defaults reaches from the starts."""
    with np.errstate(all="ignore"):
        values = [minimize(objective, x, jac=True, method="L-BFGS-B").fun for x in starts]
    return np.nanmin(values)


def grid():
    """The 4,500 starts (a, b, e, alpha, beta)."""
    coefficient, exponent = range(0, 30, 5), [0, 0.5, 1, 1.5, 2]
    axes = [coefficient, coefficient, [-1, -0.5, 0, 0.5, 1], exponent, exponent]
    return np.array(list(itertools.product(*axes)), dtype=float)
