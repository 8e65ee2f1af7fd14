// Formulas to text and to LaTeX: what is printed reads back as the same.

@testable import Formulas
import Testing

@Test(arguments: [
    "loss ~ E + A / N^alpha + B / D^beta", "let Nhat = N * (1 + k * ln(P)); loss ~ E + (A / Nhat)^alpha",
    "loss ~ E[dataset] + A[dataset, `a size`] / N^alpha", "`loss/val` ~ a", "-(a + b)", "(-x)^2", "-x^2", "2^-x",
    "a^b^c",
    "(a^b)^c", "a - (b - c)", "a / (b * c)", "a * (b / c)", "not (a and b)", "not a == b", "(a < b) == c",
    "a and (b or c)",
    "clamp(x, 0, 1) + max(a, b, c)", "1e-300 * x", "1.5e+20", "x == \"it's\"", "x == 'say \"so\"'",
    "`and` + `exp` + `2x` + ``",
    "let `exp` = 3; `exp`", "--x", "-(-x)^-y", "sum(i, 1, 3, sum(j, i, 3, a[i, j] * x[j - 1, recipe]))",
    "2 * prod(i, -1, 3, i + x)^2", "lookup(format, \"E4M3\": 4, 'say \"so\"': a + b, x)",
    "lookup(x + 1, -1: 2, 0.5: 3)",
    "solve(y, 0, max(1, a), y * (a < b) == x) / 2",
    "law(\"hoffmann-2022\", N = N * 2, `a b` = 1, dataset = \"C4\")^2",
])
func printedFormulasReadBack(text: String) throws {
    let formula = try Formula(text)
    #expect(try Formula(formula.description) == formula)
}

@Test(arguments: [
    "loss ~ E + A / N^alpha + B / D^beta", "a - (b - c)", "(-x)^2", "not (a and b)", "let `exp` = 3; `exp`",
    "E[`a b`, c]",
    "`E 0`[d]", "1000 * x", "0.1 * x", "1e+16", "max(a, b) == -1",
])
func canonicalTextIsPrintedAsItIs(text: String) throws { #expect(try Formula(text).description == text) }

@Test func randomFormulasReadBack() throws {
    for seed in 0..<5000 as Range<UInt64> {
        var generator = RandomFormula(seed: seed)
        let formula = Formula(
            definitions: [.init(name: "part", value: generator.expression(depth: 3))], response: .name("loss"),
            prediction: .binary(.add, .name("part"), generator.expression(depth: 7)))
        let text = formula.description
        #expect(try Formula(text) == formula, "\(text)")
        #expect(try Formula(text).description == text)
    }
}

@Test(arguments: [
    ("loss ~ E + A / N^alpha + B / D^beta", "\\mathrm{loss} = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}"),
    ("E[dataset] * x", "E_{\\mathrm{dataset}} \\, x"), ("E_0 + b1 + Nhat", "E_{0} + b_{1} + \\mathrm{Nhat}"),
    ("2 * 3", "2 \\cdot 3"), ("(a + b)^2", "\\left(a + b\\right)^{2}"),
    ("(a / b)^2", "\\left(\\frac{a}{b}\\right)^{2}"),
    ("exp(x)^2", "\\left(e^{x}\\right)^{2}"), ("sqrt(x) + abs(x)", "\\sqrt{x} + \\left|x\\right|"),
    ("sigmoid(x) + expm1(x)", "\\sigma\\left(x\\right) + \\operatorname{expm1}\\left(x\\right)"),
    ("log2(x) * log10(y)", "\\log_2\\left(x\\right) \\, \\log_{10}\\left(y\\right)"), ("3e-4 * x", "0.0003 \\, x"),
    ("1e30 + 6.02e23", "10^{30} + 6.02 \\times 10^{23}"), ("1e-30", "10^{-30}"), ("pi * x", "\\pi \\, x"),
    ("-(a + b)", "-\\left(a + b\\right)"),
    ("a - (b - c)", "a - \\left(b - c\\right)"), ("a + (b + c)", "a + b + c"),
    ("a < b and not c", "a < b \\land \\lnot c"),
    ("x == \"50%\" or y != 1", "x = \\text{50\\%} \\lor y \\ne 1"), ("`loss/val_2`", "\\text{loss/val}_{2}"),
    ("_x", "\\mathrm{\\_x}"), ("x_0[d]", "x_{0, d}"), ("-x^2", "-x^{2}"), ("a * -b", "a \\, \\left(-b\\right)"),
    ("let n = N + 1; y ~ n^alpha_2", "y = n^{\\alpha_{2}}, \\quad \\text{where } n = N + 1"),
    ("sum(i, 1, 3, a[i] * x^i)", "\\sum_{i=1}^{3} a_{i} \\, x^{i}"),
    ("2 * prod(i, 2, 3, x + n[i - 1])", "2 \\, \\left(\\prod_{i=2}^{3} \\left(x + n_{i-1}\\right)\\right)"),
    (
        "lookup(format, \"a\": 4, 5)",
        "\\begin{cases} 4 & \\mathrm{format} = \\text{a} \\\\ 5 & \\text{otherwise} \\end{cases}"
    ),
    ("solve(y, 0, 1, y == x)", "\\left\\{y \\in \\left[0, 1\\right] : y = x\\right\\}"),
    ("law(\"m\", N = a)", "\\text{m}\\left(N = a\\right)"),
    ("x^(3e30)", "x^{3 \\times 10^{30}}"), ("(1e30)^x", "\\left(10^{30}\\right)^{x}"),
    ("(-2)^x", "\\left(-2\\right)^{x}"), ("`a^b`", "\\text{a\\textasciicircum{}b}"),
])
func formulasBecomeLaTeX(text: String, latex: String) throws {
    let printed = try Formula(text).latex
    #expect(printed == latex)
}
