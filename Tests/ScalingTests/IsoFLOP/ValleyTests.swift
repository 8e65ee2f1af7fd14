// Bottoms of valleys, one method at a time.

import Fitting
import Formulas
import Testing

@testable import Scaling

private let (floor, a, b, alpha, beta) = (1.8172, 482.01, 2085.43, 0.3478, 0.3658)

private func loss(_ size: Double, _ budget: Double) -> Double {
    floor + a * Elementary.power(size, -alpha) + b * Elementary.power(budget / (6 * size), -beta)
}

private func best(_ budget: Double) -> Double {
    Elementary.power(alpha * a / (beta * b), 1 / (alpha + beta)) * Elementary.power(budget / 6, beta / (alpha + beta))
}

private func valley(_ budget: Double, factor: Double = 1.5, shift: Double = 1.1) -> ValleyPoints {
    let sizes = (-4...4).map { best(budget) * shift * Elementary.power(factor, Double($0)) }
    return ValleyPoints(x: sizes.map(Elementary.ln), loss: sizes.map { loss($0, budget) })
}

@Suite struct ValleyTests {
    @Test("each method finds a bottom that is known, to what its form allows", arguments: [1e18, 1e21, 1e24])
    func bottoms(budget: Double) throws {
        let truth = Elementary.ln(best(budget))
        let points = valley(budget)
        let shape = LawShape(alpha: alpha, beta: beta)
        let limits: [(ValleyMethod, Double)] = [(.law, 1e-5), (.cubic, 0.02), (.parabola, 0.06), (.akima, 0.06)]
        for (method, limit) in limits {
            let bottom = try method.bottom(points, shape: shape)
            #expect((bottom.x - truth).magnitude < limit, "\(method)")
            #expect((bottom.loss - loss(best(budget), budget)).magnitude < 2e-3)
        }
    }

    @Test("the curve that is shown has its lowest place at the bottom", arguments: ValleyMethod.allCases)
    func shown(method: ValleyMethod) throws {
        let points = valley(1e21)
        let shape = LawShape(alpha: alpha, beta: beta)
        let bottom = try method.bottom(points, shape: shape)
        let curve = method.curve(points, shape: shape)
        let lowest = try #require(curve.min { $0.loss < $1.loss })
        #expect(curve.count == 49)
        // A forty-eighth of the window apart.
        #expect((Elementary.ln(lowest.size) - bottom.x).magnitude < 8 * Elementary.ln(1.5) / 48)
        #expect((lowest.loss - bottom.loss).magnitude < 1e-4 && lowest.loss >= bottom.loss - 1e-12)
    }

    @Test("a parabola and a cubic are found exactly")
    func exact() throws {
        let x = [0.0, 0.5, 1.1, 1.9, 2.4, 3.0]
        let parabola = ValleyPoints(x: x, loss: x.map { 2 + 0.3 * ($0 - 1.3) * ($0 - 1.3) })
        for method in [ValleyMethod.parabola, .cubic] {
            let bottom = try method.bottom(parabola, shape: nil)
            #expect((bottom.x - 1.3).magnitude < 1e-9 && (bottom.loss - 2).magnitude < 1e-9)
        }
        // 2 + t²(1 + 0.2 t) about 1.3.
        let cubic = ValleyPoints(x: x, loss: x.map { 2 + ($0 - 1.3) * ($0 - 1.3) * (1 + 0.2 * ($0 - 1.3)) })
        #expect((try ValleyMethod.cubic.bottom(cubic, shape: nil).x - 1.3).magnitude < 1e-9)
    }

    @Test("the spline has the values and the slopes of SciPy's")
    func akima() {
        // scipy.interpolate.Akima1DInterpolator([0,1,2,4,5,7], [3,1,0.5,0.8,2,2.5]) at 0.5, 1.5, 2.7, 4.5 and 6.
        let spline = Akima([0, 1, 2, 4, 5, 7], [3, 1, 0.5, 0.8, 2, 2.5])
        for (x, y) in SciPyAkima.values { #expect((spline.value(x) - y).magnitude < 1e-12) }
    }

    @Test("a least loss at an end is no bottom, and a hill is none")
    func faults() {
        let falling = ValleyPoints(x: [0, 1, 2, 3, 4], loss: [5, 4, 3, 2, 1])
        let rising = ValleyPoints(x: [0, 1, 2, 3, 4], loss: [1, 2, 3, 4, 5])
        for method in ValleyMethod.allCases {
            #expect(throws: ValleyFault.atEdge(isLargest: true)) { try method.bottom(falling, shape: nil) }
            #expect(throws: ValleyFault.atEdge(isLargest: false)) { try method.bottom(rising, shape: nil) }
        }
        let bent = ValleyPoints(x: [0, 1, 2, 3, 4, 5, 6], loss: [1.2, 3, 4, 1.1, 5, 4, 3])
        #expect(throws: ValleyFault.curvesDown) { try ValleyMethod.parabola.bottom(bent, shape: nil) }
    }

    @Test("a spline that swings between two sizes that are nearly one is no bottom")
    func swings() {
        let points = ValleyPoints(
            x: [0, 1, 1.99, 2, 2.01, 3, 4], loss: [3.2, 3.1, 3.04, 3.02, 3.0, 3.01, 3.2])
        #expect(throws: ValleyFault.overshoots) { try ValleyMethod.akima.bottom(points, shape: nil) }
    }

    @Test("a weighted line is that of the normal equations")
    func line() throws {
        let budgets = [1e18, 1e19, 1e20, 1e21]
        let sizes = [1e8, 3.2e8, 1.1e9, 2.9e9]
        let errors = [0.1, 0.02, 0.05, 0.1]
        let line = try #require(FrontierLine(budgets, sizes, errors: errors, level: 0.95))
        let (x, y, w) = (budgets.map(Elementary.ln), sizes.map(Elementary.ln), errors.map { 1 / ($0 * $0) })
        let matrix = [
            w.reduce(0, +), w.dot(x), w.dot(x), zip(w, x).reduce(0) { $0 + $1.0 * $1.1 * $1.1 },
        ]
        let right = [w.dot(y), zip(w, zip(x, y)).reduce(0) { $0 + $1.0 * $1.1.0 * $1.1.1 }]
        let solution = try #require(LinearSystem.solve(matrix, right))
        #expect((line.exponent - solution[1]).magnitude < 1e-10)
        #expect((line.logCoefficient - solution[0]).magnitude < 1e-8)
        #expect(line.lower < line.exponent && line.exponent < line.upper)
    }
}

private enum SciPyAkima {
    static let values: [(Double, Double)] = [
        (0.5, 1.775436046511628), (1.5, 0.6455198358413132), (2.7, 0.45791330422794124), (4.5, 1.3844140625000003),
        (6, 2.4815625),
    ]
}
