#!/usr/bin/env python3
"""Checks the atlas with a second pair of eyes: reads every law file and evaluates every golden with 30 digits.

    python3 Atlas/golden.py             check all law files below this folder
    python3 Atlas/golden.py FILE ...    check these
    python3 Atlas/golden.py --fill      print the computed value of every golden as well, with 15 digits
    python3 Atlas/golden.py --counts    print how many laws and claims each field holds

Shares no code with the workbench: its own reader, its own grammar, mpmath for the arithmetic. Exit status 1 on any error.
The contract is Atlas/README.md.
"""

import re
import sys
from pathlib import Path

import mpmath
from mpmath import mpf

mpmath.mp.dps = 30

TOP = {"allometry-law", "kind", "title", "authors", "year", "identifier", "equation", "field", "formula", "notes",
       "trap", "scaled", "range", "figures"}
SECTIONS = {
    "input": {"meaning", "unit", "counting", "range"},
    "response": {"meaning", "unit", "direction"},
    "parameter": {"meaning", "bound", "fixed", "start"},
    "fit": {"loss", "residual", "weights", "recipe"},
    "set": {"values", "default", "data", "objective", "uncertainty", "range", "certainty", "source", "note"},
    "golden": {"at", "set", "value", "tolerance", "provenance"},
}
NAMED = {"input", "response", "parameter", "set"}
REQUIRED_TOP = {"allometry-law", "title", "authors", "year", "identifier", "field"}
CLAIM_ONLY = {"scaled", "range", "figures"}
CERTAINTIES = {"EXACT-TEXT", "EXACT-CODE", "RECOMPUTED", "SECONDARY", "MEMORY-high", "MEMORY-mid", "MEMORY-low",
               "ABSTRACT", "ILLUSTRATION"}
FIELDS = {"language", "vision", "multimodal", "translation", "time-series", "science", "recommendation", "experts",
          "precision", "data", "tasks", "reinforcement", "hyperparameters", "general", "claims"}
WIDTH = 118
SUFFIX = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12, "P": 15, "%": -2}


class Wrong(Exception):
    """Something that the contract does not allow."""


# The law file: keys, continuation lines, sections.

class Law:
    def __init__(self, path):
        self.path = path
        self.identity = path.stem
        self.top = {}
        self.traps = []
        self.sections = []  # (kind, name, {key: value})
        self.read(path.read_text(encoding="utf-8"))

    def read(self, text):
        keys, allowed, where, current = self.top, TOP, "top", None
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > WIDTH:
                raise Wrong(f"line {number} has {len(line)} characters, more than {WIDTH}")
            if "\t" in line:
                raise Wrong(f"line {number} holds a tab")
            if line != line.rstrip():
                raise Wrong(f"line {number} ends in a space")
            if line.startswith("#") or not line.strip():
                current = None if not line.strip() else current
                continue
            if line[0] == " ":
                if current is None:
                    raise Wrong(f"line {number} continues nothing")
                if where == "top" and current == "trap":
                    self.traps[-1] += " " + line.strip()
                else:
                    keys[current] += " " + line.strip()
                continue
            header = re.fullmatch(r"\[([a-z]+)(?: ([^\]\s]+))?\]", line)
            if header:
                kind, name = header.groups()
                if kind not in SECTIONS:
                    raise Wrong(f"line {number}: unknown section [{kind}]")
                if (name is not None) != (kind in NAMED):
                    raise Wrong(f"line {number}: [{kind}] " + ("needs a name" if kind in NAMED else "takes no name"))
                if any(k == kind and n == name for k, n, _ in self.sections) and kind != "golden":
                    raise Wrong(f"line {number}: a second {line}")
                keys, allowed, where, current = {}, SECTIONS[kind], line, None
                self.sections.append((kind, name, keys))
                continue
            entry = re.fullmatch(r"([a-z-]+):(?: (.*))?", line)
            if not entry:
                raise Wrong(f"line {number} is neither a key nor a section nor a continuation: {line!r}")
            key, value = entry.group(1), (entry.group(2) or "").strip()
            if key not in allowed:
                raise Wrong(f"line {number}: unknown key '{key}' in {where}")
            if not value:
                raise Wrong(f"line {number}: '{key}' is empty")
            if key == "trap":
                self.traps.append(value)
            elif key in keys:
                raise Wrong(f"line {number}: '{key}' twice in {where}")
            else:
                keys[key] = value
            current = key

    def all(self, kind):
        return [(name, keys) for k, name, keys in self.sections if k == kind]


# The formula language: numbers with suffixes, arithmetic, functions, let, indexed parameters, sums and products, tables,
# equations, called laws.

TOKEN = re.compile(r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[kKMBGTP%]?)"
                   r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
                   r"|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
                   r"|(?P<symbol><=|>=|==|!=|[-+*/^()\[\],;=~<>:]))")


def number(text):
    text = text.strip()
    match = re.fullmatch(r"([+-]?)((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([kKMBGTP%]?)", text)
    if not match:
        raise Wrong(f"not a number: {text!r}")
    value = mpf(match.group(2)) * mpf(10) ** SUFFIX.get(match.group(3), 0)
    return -value if match.group(1) == "-" else value


def tokens(text):
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise Wrong(f"formula: cannot read {text[position:position + 20]!r}")
        kind = match.lastgroup
        end = match.end()
        if kind == "number" and end < len(text) and re.match(r"[A-Za-z0-9_.]", text[end]):
            raise Wrong(f"formula: a number runs into a letter at {text[match.start():end + 5]!r}")
        found.append((kind, match.group(kind)))
        position = end
    return found


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def clamp(x, low, high):
    return max(low, min(x, high))


def logarithm(x):
    if x <= 0:
        raise Wrong("logarithm of a number that is not positive")
    return mpmath.ln(x)


FUNCTIONS = {
    "exp": (1, 1, mpmath.exp), "ln": (1, 1, logarithm), "log2": (1, 1, lambda x: logarithm(x) / mpmath.ln(2)),
    "log10": (1, 1, lambda x: logarithm(x) / mpmath.ln(10)), "sqrt": (1, 1, mpmath.sqrt), "abs": (1, 1, abs),
    "min": (2, 9, min), "max": (2, 9, max), "clamp": (3, 3, clamp), "sin": (1, 1, mpmath.sin),
    "cos": (1, 1, mpmath.cos), "atan": (1, 1, mpmath.atan), "tanh": (1, 1, mpmath.tanh), "sigmoid": (1, 1, sigmoid),
    "softplus": (1, 1, lambda x: mpmath.log1p(mpmath.exp(x))), "expm1": (1, 1, mpmath.expm1),
    "log1p": (1, 1, mpmath.log1p),
}
RESERVED = set(FUNCTIONS) | {"pi", "let", "and", "or", "not", "log"}
FORMS = {"sum", "prod", "lookup", "solve", "law", "rate", "ratesum", "annealing", "multipower"}
COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
           "==": lambda a, b: a == b, "!=": lambda a, b: a != b}


class Formula:
    """`let a = ...; response ~ expression` as a tree of tuples."""

    def __init__(self, text):
        if not text.isascii():
            raise Wrong("the formula holds a character that is not ASCII")
        self.tokens, self.position = tokens(text), 0
        self.lets, self.names, self.indexed, self.used_lets = {}, set(), {}, set()
        self.compared = set()  # label columns that are compared with a text
        self.bound = []  # (name, its possible values, or None for the unknown of an equation)
        while self.accept("let"):
            name = self.take("name")
            if name in RESERVED or name in self.lets:
                raise Wrong(f"let {name}: the name is taken")
            self.take("=")
            tree = self.comparison()
            self.lets[name] = tree
            self.take(";")
        self.response = self.take("name")
        self.take("~")
        self.tree = self.comparison()
        if self.position != len(self.tokens):
            raise Wrong(f"formula: something left over at {self.tokens[self.position][1]!r}")
        unused = set(self.lets) - self.used_lets
        if unused:
            raise Wrong(f"let without use: {', '.join(sorted(unused))}")

    def peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else (None, None)

    def accept(self, text):
        if self.peek()[1] == text:
            self.position += 1
            return True
        return False

    def take(self, what):
        kind, text = self.peek()
        if (what in ("name", "number", "text") and kind == what) or text == what:
            self.position += 1
            return text
        raise Wrong(f"formula: expected {what}, found {text!r}")

    def comparison(self):
        tree = self.sum()
        if self.peek()[1] in COMPARE:
            operator = self.take(self.peek()[1])
            tree = ("compare", operator, tree, self.sum())
            for side, other in ((tree[2], tree[3]), (tree[3], tree[2])):
                if other[0] == "text":
                    tree = ("label", operator, self.label_column(side), other[1])
        return tree

    def label_column(self, tree):
        if tree[0] != "name":
            raise Wrong("a text is compared with a column only")
        self.compared.add(tree[1])
        return tree[1]

    def sum(self):
        tree = self.product()
        while self.peek()[1] in ("+", "-"):
            tree = (self.take(self.peek()[1]), tree, self.product())
        return tree

    def product(self):
        tree = self.unary()
        while self.peek()[1] in ("*", "/"):
            tree = (self.take(self.peek()[1]), tree, self.unary())
        return tree

    def unary(self):
        if self.accept("-"):
            return ("negate", self.unary())
        if self.accept("+"):
            return self.unary()
        return self.power()

    def power(self):
        base = self.primary()
        return ("^", base, self.unary()) if self.accept("^") else base

    def primary(self):
        kind, text = self.peek()
        if kind == "number":
            self.position += 1
            return ("number", number(text))
        if self.accept("("):
            tree = self.comparison()
            self.take(")")
            return tree
        if kind == "text":
            self.position += 1
            return ("text", text[1:-1])
        name = self.take("name")
        if name in FORMS and self.accept("("):
            tree = getattr(self, "form_" + name)()
            self.take(")")
            return tree
        if self.accept("("):
            if name not in FUNCTIONS:
                raise Wrong(f"formula: unknown function {name}")
            arguments = [self.comparison()]
            while self.accept(","):
                arguments.append(self.comparison())
            self.take(")")
            low, high, _ = FUNCTIONS[name]
            if not low <= len(arguments) <= high:
                raise Wrong(f"formula: {name} takes {low} arguments, not {len(arguments)}")
            return ("call", name, arguments)
        if self.peek()[1] == "[" and self.is_index(1):
            return self.member(name)
        if any(name == other for other, _ in self.bound):
            return ("bound", name)
        if self.accept("["):
            columns = [self.take("name")]
            while self.accept(","):
                columns.append(self.take("name"))
            self.take("]")
            if self.indexed.setdefault(name, columns) != columns:
                raise Wrong(f"formula: {name} is indexed in two ways")
            return ("indexed", name, columns)
        if name == "pi":
            return ("number", mpmath.pi())
        if name in RESERVED:
            raise Wrong(f"formula: {name} is not a value")
        if name in self.lets:
            self.used_lets.add(name)
            return ("let", name)
        self.names.add(name)
        return ("name", name)

    # Sums and products: limits are whole numbers or indices around; d[i - 1] is the name d2 where i is 3.

    def is_index(self, ahead):
        position = self.position + ahead
        text = self.tokens[position][1] if position < len(self.tokens) else None
        return any(text == name and values is not None for name, values in self.bound)

    def limit(self):
        if self.is_index(0):
            name = self.take("name")
            values = next(values for other, values in reversed(self.bound) if other == name)
            return ("bound", name), values
        sign = -1 if self.accept("-") else 1
        value = sign * int(number(self.take("number")))
        return ("number", mpf(value)), range(value, value + 1)

    def repetition(self, kind):
        name = self.take("name")
        self.take(",")
        first, low = self.limit()
        self.take(",")
        last, high = self.limit()
        self.take(",")
        self.bound.append((name, range(low[0], max(high[-1], low[0]) + 1)))
        body = self.comparison()
        self.bound.pop()
        return (kind, name, first, last, body)

    def form_sum(self):
        return self.repetition("sum")

    def form_prod(self):
        return self.repetition("prod")

    def member(self, name):
        self.take("[")
        parts, columns = [], []
        while True:
            if self.is_index(0):
                index, shift = self.take("name"), 0
                if self.peek()[1] in ("+", "-"):
                    shift = -1 if self.take(self.peek()[1]) == "-" else 1
                    shift *= int(number(self.take("number")))
                parts.append((index, shift))
            else:
                columns.append(self.take("name"))
            if not self.accept(","):
                break
        self.take("]")
        # Every name that this may stand for.
        numbers = [""]
        for index, shift in parts:
            values = next(values for other, values in reversed(self.bound) if other == index)
            numbers = [f"{start}_{value + shift}" if start else f"{value + shift}"
                       for start in numbers for value in values]
        for text in numbers:
            if columns:
                self.indexed.setdefault(name + text, columns)
            elif name + text in self.lets:
                self.used_lets.add(name + text)
            else:
                self.names.add(name + text)
        return ("member", name, parts, columns)

    # Tables.

    def form_lookup(self):
        subject, rows, otherwise = self.comparison(), [], None
        while self.accept(","):
            start = self.position
            negative = self.accept("-")
            kind, text = self.peek()
            if kind in ("text", "number") and self.tokens[self.position + 1][1] == ":":
                self.position += 2
                key = text[1:-1] if kind == "text" else (-number(text) if negative else number(text))
                rows.append((key, self.comparison()))
            else:
                self.position = start
                otherwise = self.comparison()
        if any(isinstance(key, str) for key, _ in rows):
            return ("table", self.label_column(subject), rows, otherwise)
        return ("table", subject, rows, otherwise)

    # Equations.

    def form_solve(self):
        name = self.take("name")
        self.take(",")
        low = self.comparison()
        self.take(",")
        high = self.comparison()
        self.take(",")
        self.bound.append((name, None))
        equation = self.comparison()
        self.bound.pop()
        if equation[0] != "compare" or equation[1] != "==":
            raise Wrong("solve needs an equation")
        return ("solve", name, low, high, equation[2], equation[3])

    def solution(self, scope, tree):
        _, name, low, high, left, right = tree
        low, high = self.value(scope, low), self.value(scope, high)

        def difference(x):
            inner = {key: value for key, value in scope.items() if not isinstance(key, tuple)}
            inner[name] = x
            return self.value(inner, left) - self.value(inner, right)

        first = difference(low)
        if (first < 0) == (difference(high) < 0):
            raise Wrong(f"solve({name}, …): no change of sign between {low} and {high}")
        for _ in range(4 * mpmath.mp.prec):
            middle = (low + high) / 2
            if (difference(middle) < 0) == (first < 0):
                low = middle
            else:
                high = middle
        return (low + high) / 2

    # Functions of schedules.

    def curve(self, kind, count):
        schedule = self.take("name")
        self.take(",")
        step = self.take("name")
        self.names |= {schedule, step}
        self.compared.add(schedule)
        arguments = []
        for _ in range(count):
            self.take(",")
            arguments.append(self.comparison())
        return ("curve", kind, schedule, step, arguments)

    def form_rate(self):
        return self.curve("rate", 0)

    def form_ratesum(self):
        return self.curve("ratesum", 0)

    def form_annealing(self):
        return self.curve("annealing", 1)

    def form_multipower(self):
        return self.curve("multipower", 3)

    def curve_value(self, scope, tree):
        _, kind, schedule, step, arguments = tree
        rates = schedule_rates(scope[schedule])
        last = int(scope[step])
        if not 0 <= last < len(rates):
            raise Wrong(f"step {last} is outside of {scope[schedule]}")
        arguments = [self.value(scope, argument) for argument in arguments]
        if kind == "rate":
            return rates[last]
        if kind == "ratesum":
            return mpmath.fsum(rates[:last + 1])
        if kind == "annealing":
            fall = next((k for k in range(1, len(rates)) if rates[k] < rates[k - 1]), len(rates))
            momentum = total = mpf(0)
            for k in range(fall, last + 1):
                momentum = arguments[0] * momentum + rates[k - 1] - rates[k]
                total += momentum
            return total
        c, beta, gamma = arguments
        tail = total = mpf(0)
        for k in range(last, 0, -1):
            tail += rates[k]
            fall = rates[k - 1] - rates[k]
            if fall != 0:
                growth = mpmath.inf if rates[k] == 0 and tail > 0 else c * rates[k] ** -gamma * tail if tail > 0 else mpf(0)
                total += fall * (1 - (mpf(0) if growth == mpmath.inf else (1 + growth) ** -beta))
        return total

    # Called laws.

    def form_law(self):
        name, arguments = self.take("text")[1:-1], {}
        while self.accept(","):
            argument = self.take("name")
            self.take("=")
            arguments[argument] = self.comparison()
        return ("law", name, arguments)

    def called(self, scope, tree):
        _, name, arguments = tree
        paths = list(Path(__file__).resolve().parent.glob(f"*/{name}.law"))
        if len(paths) != 1:
            raise Wrong(f"no law {name}")
        law = Law(paths[0])
        formula = Formula(law.top["formula"])
        sets = law.all("set")
        chosen = [keys for _, keys in sets if "default" in keys] or [keys for _, keys in sets[:1]]
        inner = {parameter: number(keys["fixed"]) for parameter, keys in law.all("parameter") if "fixed" in keys}
        for keys in chosen:
            inner.update({key: number(value) for key, value in assignments(keys["values"]).items()})
        for argument, value in arguments.items():
            inner[argument] = value[1] if value[0] == "text" else self.value(scope, value)
        return formula.value(inner)

    def value(self, scope, tree=None):
        tree = self.tree if tree is None else tree
        kind = tree[0]
        if kind in ("sum", "prod"):
            total = mpf(0 if kind == "sum" else 1)
            first, last = (int(self.value(scope, limit)) for limit in tree[2:4])
            for index in range(first, last + 1):
                term = self.value({**scope, tree[1]: mpf(index)}, tree[4])
                total = total + term if kind == "sum" else total * term
            return total
        if kind == "bound":
            return scope[tree[1]]
        if kind == "member":
            name = tree[1] + "_".join(str(int(scope[index]) + shift) for index, shift in tree[2])
            if tree[3]:
                return self.value(scope, ("indexed", name, tree[3]))
            return self.value(scope, ("let" if name in self.lets else "name", name))
        if kind == "label":
            equal = scope[tree[2]] == tree[3]
            return mpf(1 if equal == (tree[1] == "==") else 0)
        if kind == "table":
            held = scope[tree[1]] if isinstance(tree[1], str) else self.value(scope, tree[1])
            for key, value in tree[2]:
                if key == held:
                    return self.value(scope, value)
            return mpmath.nan if tree[3] is None else self.value(scope, tree[3])
        if kind == "solve":
            return self.solution(scope, tree)
        if kind == "curve":
            return self.curve_value(scope, tree)
        if kind == "law":
            return self.called(scope, tree)
        if kind == "number":
            return tree[1]
        if kind == "name":
            return scope[tree[1]]
        if kind == "let":
            key = ("let", tree[1])
            if key not in scope:
                scope[key] = self.value(scope, self.lets[tree[1]])
            return scope[key]
        if kind == "indexed":
            key = tree[1] + "[" + ",".join(scope[column] for column in tree[2]) + "]"
            if key not in scope:
                raise Wrong(f"the set has no value {key}")
            return scope[key]
        if kind == "call":
            return FUNCTIONS[tree[1]][2](*[self.value(scope, argument) for argument in tree[2]])
        if kind == "negate":
            return -self.value(scope, tree[1])
        if kind == "compare":
            return mpf(1 if COMPARE[tree[1]](self.value(scope, tree[2]), self.value(scope, tree[3])) else 0)
        left, right = self.value(scope, tree[1]), self.value(scope, tree[2])
        if kind == "+":
            return left + right
        if kind == "-":
            return left - right
        if kind == "*":
            return left * right
        if kind == "/":
            return left / right
        return mpmath.power(left, right)


# Schedules: `wsd peak=3e-4 warmup=2160 decay=4000 steps=24000`, the rate of every step.

def schedule_rates(text):
    family, *words = text.split()
    given = dict(word.split("=", 1) for word in words)
    shape = given.pop("shape", "linear")
    keys = {key: number(value) for key, value in given.items()}
    peak, steps, warmup = keys.pop("peak"), int(keys.pop("steps")), int(keys.pop("warmup", 0))
    rates = [peak * k / (warmup - 1) if k < warmup - 1 else peak for k in range(warmup)]
    rest = steps - warmup
    if family == "constant":
        rates += [peak] * rest
    elif family == "cosine":
        end = keys.pop("end", mpf(0))
        rates += [end + (peak - end) * (1 + mpmath.cos(mpmath.pi * k / rest)) / 2 for k in range(rest)]
    elif family == "linear":
        end = keys.pop("end", mpf(0))
        rates += [peak + (end - peak) * k / rest for k in range(rest)]
    elif family == "power":
        exponent = keys.pop("exponent", mpf(1) / 2)
        rates += [peak * (mpf(k + 1) / max(1, warmup)) ** -exponent for k in range(warmup, steps)]
    elif family == "two-stage":
        second, at = keys.pop("second"), int(keys.pop("at"))
        rates += [peak] * (at - warmup) + [second] * (steps - at)
    elif family == "wsd":
        decay, end = int(keys.pop("decay")), keys.pop("end", mpf(0))
        rates += [peak] * (rest - decay)
        if shape == "exponential":
            rates += [peak * (end / peak) ** (mpf(k) / decay) for k in range(decay)]
        else:
            rates += [peak + (end - peak) * k / decay for k in range(decay)]
    else:
        raise Wrong(f"no schedule {family}")
    if keys or len(rates) != steps:
        raise Wrong(f"not a schedule: {text}")
    return rates


# Assignments: `E[C4] = 1.5, beta[de, p30] = 2`.

def assignments(text):
    pieces, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        if character == "," and depth == 0:
            pieces.append(text[start:index])
            start = index + 1
    pieces.append(text[start:])
    result = {}
    for piece in pieces:
        match = re.fullmatch(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\[([^\]]+)\])?\s*=\s*(\S.*?)\s*", piece)
        if not match:
            raise Wrong(f"not an assignment: {piece.strip()!r}")
        name, labels, value = match.groups()
        key = name if labels is None else name + "[" + ",".join(part.strip() for part in labels.split(",")) + "]"
        if key in result:
            raise Wrong(f"{key} is given twice")
        result[key] = value
    return result


def bound(text):
    match = re.fullmatch(r"(\S*?)\.\.(\S*)", text)
    if not match:
        raise Wrong(f"not a bound: {text!r}")
    low, high = match.groups()
    return (number(low) if low else -mpmath.inf, number(high) if high else mpmath.inf)


def check_claim(law):
    for key in ("formula", "equation"):
        if key in law.top:
            raise Wrong(f"a claim has no {key}")
    for key in CLAIM_ONLY:
        if key not in law.top:
            raise Wrong(f"a claim needs '{key}'")
    if law.sections:
        raise Wrong("a claim has no sections")


def check_law(law):
    """Checks one law; returns [(golden number, computed, error or None)]."""
    for key in CLAIM_ONLY & set(law.top):
        raise Wrong(f"'{key}' belongs to claims")
    if "formula" not in law.top:
        raise Wrong("no formula")
    formula = Formula(law.top["formula"])

    inputs = dict(law.all("input"))
    labels = {name for name, keys in inputs.items() if keys.get("unit") == "label"}
    for name, keys in inputs.items():
        if "meaning" not in keys or "unit" not in keys:
            raise Wrong(f"[input {name}] needs meaning and unit")
        if name in formula.lets or name in RESERVED:
            raise Wrong(f"[input {name}]: the name is taken")
        if "range" in keys and name not in labels:
            bound(keys["range"])
    indices = {column for columns in formula.indexed.values() for column in columns}
    for column in indices - labels:
        raise Wrong(f"{column} indexes a parameter and is no input of unit label")
    for name in set(inputs) - formula.names - indices:
        raise Wrong(f"[input {name}] is not used by the formula")
    for name in (labels & formula.names) - formula.compared:
        raise Wrong(f"the label {name} is used as a number")

    responses = law.all("response")
    if [name for name, _ in responses] != [formula.response]:
        raise Wrong(f"the formula gives {formula.response}; the file needs exactly [response {formula.response}]")
    if {"meaning", "unit", "direction"} - set(responses[0][1]):
        raise Wrong(f"[response {formula.response}] needs meaning, unit, direction")
    if responses[0][1]["direction"] not in ("decrease", "increase"):
        raise Wrong("direction is decrease or increase")

    parameters = (formula.names - set(inputs)) | set(formula.indexed)
    if set(formula.indexed) & (formula.names | set(inputs)):
        raise Wrong("a parameter is used with and without an index")
    fixed, bounds = {}, {}
    for name, keys in law.all("parameter"):
        if name not in parameters:
            raise Wrong(f"[parameter {name}] is not a parameter of the formula")
        if "fixed" in keys:
            fixed[name] = number(keys["fixed"])
        if "bound" in keys:
            bounds[name] = bound(keys["bound"])

    sets, defaults = {}, []
    for name, keys in law.all("set"):
        for key in ("values", "certainty", "source"):
            if key not in keys:
                raise Wrong(f"[set {name}] needs '{key}'")
        if keys["certainty"] not in CERTAINTIES:
            raise Wrong(f"[set {name}]: unknown certainty {keys['certainty']}")
        if (keys["certainty"] == "ILLUSTRATION") != name.startswith("illustration"):
            raise Wrong(f"[set {name}]: certainty ILLUSTRATION and a name illustration... go together")
        if "default" in keys:
            if keys["default"] != "yes":
                raise Wrong(f"[set {name}]: default is yes or absent")
            defaults.append(name)
        values = {key: number(value) for key, value in assignments(keys["values"]).items()}
        given = {re.sub(r"\[.*", "", key) for key in values}
        for key in values:
            base = re.sub(r"\[.*", "", key)
            if base not in parameters:
                raise Wrong(f"[set {name}] gives {key}, which is neither input nor parameter of the formula")
            count = key.count(",") + 1 if "[" in key else 0
            if count != len(formula.indexed.get(base, [])):
                raise Wrong(f"[set {name}]: {key} has the wrong number of labels")
            low, high = bounds.get(base, (-mpmath.inf, mpmath.inf))
            if not low <= values[key] <= high:
                raise Wrong(f"[set {name}]: {key} is outside its bound")
        for parameter in sorted(parameters - given - set(fixed)):
            raise Wrong(f"[set {name}] misses the parameter {parameter}")
        sets[name] = {**fixed, **values}
    if parameters - set(fixed) and not sets:
        raise Wrong("the formula has parameters and the file no set")
    if len(defaults) > 1 or (len(sets) > 1 and not defaults):
        raise Wrong(f"{len(sets)} sets need exactly one default, found {len(defaults)}")
    default = defaults[0] if defaults else next(iter(sets), None)

    goldens = law.all("golden")
    if not goldens:
        raise Wrong("a law needs a golden")
    results, seen = [], set()
    for index, (_, keys) in enumerate(goldens, 1):
        for key in ("at", "value", "provenance"):
            if key not in keys:
                raise Wrong(f"golden {index} needs '{key}'")
        at = assignments(keys["at"])
        if set(at) != set(inputs):
            raise Wrong(f"golden {index} gives {sorted(at)}, the inputs are {sorted(inputs)}")
        chosen = keys.get("set", default)
        if chosen is not None and chosen not in sets:
            raise Wrong(f"golden {index} names the unknown set {chosen}")
        seen.add(chosen)
        scope = dict(sets.get(chosen, fixed))
        scope.update({name: value.strip() if name in labels else number(value) for name, value in at.items()})
        computed = formula.value(scope)
        if not isinstance(computed, mpf) or not mpmath.isfinite(computed):
            raise Wrong(f"golden {index} is not a finite real number: {computed}")
        if keys["value"] == "?":
            results.append((index, computed, "no value yet"))
            continue
        stated, tolerance = number(keys["value"]), number(keys.get("tolerance", "1e-7"))
        scale = abs(stated) if stated != 0 else mpf(1)
        deviation = abs(computed - stated) / scale
        error = None
        if deviation > tolerance:
            error = (f"states {keys['value']}, computed {mpmath.nstr(computed, 15)}, "
                     f"relative deviation {mpmath.nstr(deviation, 3)} > {keys.get('tolerance', '1e-7')}")
        results.append((index, computed, error))
    for name in set(sets) - seen:
        raise Wrong(f"[set {name}] has no golden")
    return results


def check_top(law, in_atlas):
    for key in sorted(REQUIRED_TOP - set(law.top)):
        raise Wrong(f"'{key}' is missing")
    if law.top["allometry-law"] != "1":
        raise Wrong("allometry-law is 1")
    if law.top.get("kind", "law") not in ("law", "claim"):
        raise Wrong("kind is law or claim")
    if not re.fullmatch(r"\d{4}", law.top["year"]):
        raise Wrong("year is four digits")
    if not re.match(r"(arXiv:\d{4}\.\d{4,5}$|doi:10\.|https://)", law.top["identifier"]):
        raise Wrong(f"identifier {law.top['identifier']!r} is no arXiv:, doi: or URL")
    if law.top["field"] not in FIELDS:
        raise Wrong(f"unknown field {law.top['field']}")
    if in_atlas and law.path.parent.name != law.top["field"]:
        raise Wrong(f"field {law.top['field']} does not name the folder {law.path.parent.name}")
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", law.identity):
        raise Wrong(f"the name {law.identity} is not author-year[-variant]")


def main(arguments):
    fill, counting = "--fill" in arguments, "--counts" in arguments
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    root = Path(__file__).resolve().parent
    paths = named or sorted(root.glob("*/*.law"))
    errors, goldens, laws, claims, identities, counts = [], 0, 0, 0, {}, {}
    stray = [] if named else [path for path in root.rglob("*.law") if path not in set(paths)]
    errors += [f"{path}: not in Atlas/<field>/" for path in stray]
    for path in paths:
        try:
            law = Law(path)
            check_top(law, root in path.resolve().parents)
            if law.identity in identities:
                raise Wrong(f"the identity {law.identity} is also {identities[law.identity]}")
            identities[law.identity] = path
            field = counts.setdefault(law.top["field"], [0, 0])
            if law.top.get("kind") == "claim":
                check_claim(law)
                claims += 1
                field[1] += 1
                continue
            laws += 1
            field[0] += 1
            for index, computed, error in check_law(law):
                goldens += 1
                if fill:
                    print(f"{law.identity} {index} {mpmath.nstr(computed, 15)}")
                if error:
                    errors.append(f"{path}: golden {index} {error}")
        except (Wrong, OSError, UnicodeDecodeError, ZeroDivisionError, KeyError) as problem:
            errors.append(f"{path}: {problem}")
    if counting:
        for field, (number_of_laws, number_of_claims) in sorted(counts.items()):
            print(f"{field}: {number_of_laws} laws, {number_of_claims} claims")
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    verdict = f"{len(errors)} errors" if errors else "all agree"
    print(f"{laws} laws, {claims} claims, {goldens} goldens: {verdict}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
