// A fit that says it converged stands at a local minimum within its bounds: looked at by hand over random problems.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct NewtonSolverTests {
    /// A random problem: formula, noise, bounds, scale and loss drawn from the seed.
    private func problem(_ seed: Int) throws -> Problem {
        var random = RandomSource(seed: UInt64(seed))
        func pick<T>(_ list: [T]) -> T { list[Int(random.uniform() * Double(list.count))] }
        let rows = 6 + Int(60 * random.uniform())
        let x = (0..<rows).map { _ in exp(8 * random.uniform()) }
        let z = (0..<rows).map { _ in exp(3 * random.uniform()) }
        let noise = pick([1e-3, 0.02, 0.3])
        let y = (0..<rows).map { k in
            (0.1 + 0.5 * pow(x[k], -0.4) + 0.2 * pow(z[k], -0.8)) * exp(noise * SecondOpinion.normal(&random))
        }
        let formula = pick([
            "y ~ a + b*x^c", "y ~ a + b/x^c + d/z^e", "y ~ (a/x)^b + c", "y ~ a*exp(-b*z) + c", "y ~ a*x^b*z^c",
            "y ~ a/(1 + (x/b)^c)", "y ~ a + b*ln(x) + c*ln(z)", "y ~ ((a/x)^(b/c) + d/z)^c",
            "y ~ exp(a)/x^b + exp(c)/z^d",
        ])
        return try Laboratory.problem(formula, Laboratory.table([("x", x), ("z", z), ("y", y)])) {
            $0.loss = pick([.squared, .huber(1e-3), .huber(0.1)])
            $0.residual = pick([.raw, .log])
            for symbol in $0.formula.symbols where !["x", "z"].contains(symbol.name) {
                let bound = pick([
                    nil, nil, Bound(lower: 0), Bound(lower: 0, upper: 1), Bound(upper: 0.3),
                    Bound(lower: 0.2, upper: 0.6),
                ])
                if let bound { $0.bounds[symbol.name] = bound }
            }
        }
    }

    /// How much lower a place within the bounds can be found near by, as a share of the objective.
    private func missed(_ fit: Fit) -> Double {
        let problem = fit.problem
        let objective = Objective(problem)
        let bounds = problem.parameters.map(\.bound)
        var random = RandomSource(seed: 1)
        var best = fit.objective
        for _ in 0..<300 {
            let direction = bounds.map { _ in SecondOpinion.normal(&random) }
            for size in [1e-2, 1e-4, 1e-6] {
                let moved = fit.coefficients.indices.map { k in
                    let step = size * direction[k] * max(abs(fit.coefficients[k]), 1e-3)
                    return min(max(fit.coefficients[k] + step, bounds[k].lower), bounds[k].upper)
                }
                let value = objective.value(moved)
                if value < best { best = value }
            }
        }
        return (fit.objective - best) / fit.objective
    }

    @Test(arguments: 1...150) func convergedMeansALocalMinimumWithinBounds(seed: Int) throws {
        let problem = try problem(seed)
        guard let fit = try? Fit(problem) else { return }
        for (value, parameter) in zip(fit.coefficients, problem.parameters) {
            #expect(parameter.bound.contains(value), "\(parameter.name) = \(value)")
        }
        #expect(SecondOpinion.close(Objective(problem).value(fit.coefficients), fit.objective, 1e-12))
        guard fit.termination.isConverged else {
            #expect(fit.warnings.contains { $0.code == "not-converged" })
            return
        }
        guard fit.termination.reason == .converged else { return }
        #expect(fit.termination.value <= fit.termination.limit)
        #expect(missed(fit) < 1e-9, "\(problem.formula) \(problem.loss) \(problem.residual) \(fit.coefficients)")
        let evaluation = Objective(problem).evaluate(fit.coefficients)
        let size = evaluation.companion.elements.map(abs).max() ?? 0
        for (k, parameter) in problem.parameters.enumerated() {
            let (value, slope) = (fit.coefficients[k], evaluation.gradient[k])
            // A slope is small where the decrease that it promises is: g²/h.
            let promise = slope * slope / max(evaluation.companion[k, k], 1e-300)
            let negligible = promise <= 1e-9 * fit.objective || abs(slope) <= 1e-14 * size
            if value == parameter.bound.lower {
                #expect(slope >= 0 || negligible, "\(parameter.name) wants off its bound")
            } else if value == parameter.bound.upper {
                #expect(slope <= 0 || negligible, "\(parameter.name) wants off its bound")
            } else {
                #expect(negligible, "\(parameter.name): slope \(slope), curvature \(evaluation.companion[k, k])")
            }
        }
    }

    @Test func nearlyAllRandomProblemsConverge() throws {
        var (converged, all) = (0, 0)
        for seed in 1...150 {
            guard let fit = try? Fit(try problem(seed)) else { continue }
            all += 1
            if fit.termination.isConverged { converged += 1 }
        }
        // The rest have their optimum at infinity: a power whose exponent goes to zero under a growing factor.
        #expect(Double(converged) >= 0.95 * Double(all))
    }

    /// a·b = 1 has a saddle at the origin, where the gradient is zero: no fit may rest there.
    @Test func aSaddleIsLeft() throws {
        let table = Laboratory.table([("x", [1, 2, 3]), ("y", [1, 2, 3.1])])
        for start in [0.0, 1e-200, -1e-8] {
            let fit = try Laboratory.fit("y ~ a*b*x", table) { $0.starts = ["a": start, "b": start] }
            #expect(fit.objective < 0.01, "from \(start)")
            #expect(fit.termination.isConverged)
        }
    }

    @Test func aMaximumIsNoMinimum() throws {
        // (a² − 1)² over one row: a maximum at 0 between two minima.
        let table = Laboratory.table([("x", [1, 1]), ("y", [1, 1.1])])
        let fit = try Laboratory.fit("y ~ a^2*x", table) { $0.starts = ["a": 0] }
        #expect(SecondOpinion.close(abs(fit.coefficients[0]), 1.05.squareRoot(), 1e-9))
    }

    /// √b has an infinite slope at its bound of zero, |b| none that is defined.
    @Test(arguments: [
        "y ~ a + sqrt(b)*x", "y ~ a + abs(b)*x", "y ~ a + (b*x)^0.5", "y ~ a + (b/x)^c", "y ~ a + b^c*x",
    ])
    func aGradientThatIsNotFiniteEndsTheSearchSensibly(formula: String) throws {
        let x = (1...12).map(Double.init)
        for slope in [-0.1, 0, 0.1] {
            let table = Laboratory.table([("x", x), ("y", x.map { 2 + slope * $0 + 0.01 * sin(7 * $0) })])
            for start in [nil, ["b": 0.0], ["a": 2, "b": 0]] {
                let fit = try Laboratory.fit(formula, table) {
                    $0.bounds = ["b": Bound(lower: 0)]
                    if let start { $0.starts = start }
                }
                #expect(fit.objective.isFinite)
                #expect(
                    fit.termination.isConverged
                        ? missed(fit) < 1e-6 : fit.warnings.contains { $0.code == "not-converged" })
            }
        }
    }

    @Test func anOverflowIsSteppedBackFrom() throws {
        let table = Laboratory.table([("x", [1, 10, 100, 700]), ("y", [1.01, 1.1, 2.7, 1_100])])
        for start in [0.1, 0.05, -0.001] {
            let fit = try Laboratory.fit("y ~ a*exp(b*x)", table) { $0.starts = ["a": 1, "b": start] }
            #expect(fit.objective.isFinite)
            #expect(SecondOpinion.close(fit.coefficients[1], 0.01, 0.01))
        }
    }
}
