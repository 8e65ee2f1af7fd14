// Derivatives as formulas.

@testable import Formulas
import Testing

@Test(arguments: [
    ("loss ~ E + A / N^alpha + B / D^beta", "A", "1 / N^alpha"),
    ("loss ~ E + A / N^alpha + B / D^beta", "alpha", "-A / N^alpha * ln(N)"),
    ("loss ~ E + A / N^alpha + B / D^beta", "N", "-A / N^alpha * (alpha / N)"),
    ("abs(x)", "x", "1 - 2 * (x < 0)"), ("min(x, y)", "x", "x <= y"), ("max(x, y)", "y", "1 - (y <= x)"),
    ("clamp(x, 0, 1)", "x", "max(x, 0) <= 1 and 0 <= x"), ("x == \"a\"", "x", "0"),
    ("(x == \"a\") * y", "y", "x == \"a\""),
    ("x^2", "x", "2 * x"), ("sqrt(x)", "x", "0.5 / sqrt(x)"), ("E[d] * N", "E", "N"), ("x < 3", "x", "0"),
    ("let h = N * (1 + k); h^2 * exp(h)", "k", "let h = N * (1 + k); 2 * (exp(h) * (N * h)) + h^2 * (N * exp(h))"),
])
func derivativesArePrinted(text: String, name: String, derivative: String) throws {
    let printed = try Formula(text).derivative(by: name).description
    #expect(printed == derivative)
}

@Test func randomDerivativesReadBackAndAgreeWithTheGraph() throws {
    var compared = 0
    for seed in 0..<3000 as Range<UInt64> {
        var generator = RandomFormula(seed: seed, smooth: seed % 2 == 0)
        let formula = Formula(definitions: [], response: nil, prediction: generator.expression(depth: 4))
        let laboratory = Laboratory(rowCount: 8, seed: seed, specials: false)
        for (position, name) in ["a", "b", "alpha", "E"].enumerated()
        where formula.symbols.contains(where: { $0.name == name }) {
            let derivative = try formula.derivative(by: name)
            #expect(try Formula(derivative.description) == derivative, "\(formula) by \(name)")
            var (graph, root) = try laboratory.lower(formula)
            let slope = graph.derivative(of: root, by: .parameter(position))
            let exact = laboratory.run(Program(graph, outputs: [slope]))[0]
            (graph, root) = try laboratory.lower(derivative)
            let written = laboratory.run(Program(graph, outputs: [root]))[0]
            for (one, other) in zip(exact, written) where one.isFinite && other.isFinite && one.magnitude < 1e6 {
                compared += 1
                #expect(
                    (one - other).magnitude <= 1e-6 * max(1e-3, one.magnitude), "\(formula) by \(name): \(derivative)"
                )
            }
        }
    }
    #expect(compared > 15_000)
}

@Test func aDerivativeOfADerivativeIsASecondDerivative() throws {
    let twice = try Formula("x^3 * ln(x)").derivative(by: "x").derivative(by: "x")
    #expect(try Formula(twice.description) == twice)
}

@Test func namesOfDefinitionsAreNotTaken() throws {
    let derivative = try Formula("sin(x*t1*t2)*exp(x*t1*t2*t3)").derivative(by: "x")
    #expect(derivative.definitions.allSatisfy { !["t1", "t2", "t3", "x"].contains($0.name) })
    #expect(!derivative.definitions.isEmpty)
}

@Test func unknownNamesAreErrors() throws {
    #expect { try Formula("let h = alpha; h").derivative(by: "alpa") } throws: {
        "\($0)" == "the formula has no 'alpa'\n  help: did you mean 'alpha'?"
    }
    #expect { try Formula("let h = alpha; h").derivative(by: "h") } throws: { "\($0)" == "the formula has no 'h'" }
}
