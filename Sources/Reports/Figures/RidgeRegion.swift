// The region of two parameters through the ends of their profile traces.
//
// Source: Bates & Watts 1988, appendix A6. On the scale of √F a region of two parameters with straight traces is an
// ellipse τx = s cos(a + d/2), τy = s cos(a − d/2) with the same d all the way; with bent traces d is read where each
// trace meets the region and goes smoothly between.

import Fitting
import Formulas

extension RidgeFigure {
    /// Points around the region, the first one at the end again; nil where a trace does not reach both ends.
    func region(_ traces: [Profile]) -> [(Double, Double)]? {
        let names = uncertainty.fit.problem.parameterNames
        guard traces.count == 2, let px = names.firstIndex(of: traces[0].name),
            let py = names.firstIndex(of: traces[1].name)
        else { return nil }
        let s = StudentT(degreesOfFreedom: max(1, uncertainty.fit.degreesOfFreedom))
            .quantile(0.5 + uncertainty.level / 2)
        let along = traces.map { $0.curve.sorted { $0.value < $1.value } }
        guard along.allSatisfy({ ($0.first?.root ?? 0) <= -0.98 * s && ($0.last?.root ?? 0) >= 0.98 * s }) else {
            return nil
        }
        // √F of a value by the parameter's own profile, and back.
        let roots = along.map { curve in Monotone(curve.map { ($0.value, $0.root) }) }
        let values = along.map { curve in Monotone(curve.map { ($0.root, $0.value) }) }
        // Where each trace meets the region: the angle of the other parameter there.
        var knots: [(a: Double, d: Double)] = []
        for (trace, other) in [(0, py), (1, px)] {
            for side in [1.0, -1.0] {
                let follower = Monotone(along[trace].map { ($0.root, $0.parameters[other]) }).value(side * s)
                let share = min(max(roots[1 - trace].value(follower) / s, -1), 1)
                // τ = s cos: the angle of the moved parameter is 0 or π, that of its follower acos of its share.
                let (own, its) = (side > 0 ? 0 : Double.pi, Elementary.arccosine(share))
                let (ax, ay) = trace == 0 ? (own, its) : (its, own)
                knots.append(Self.turned((ax + ay) / 2, ax - ay))
            }
        }
        knots.sort { $0.a < $1.a }
        let turn = 2 * Double.pi
        return (0...96).map { step in
            let a = turn * Double(step) / 96 - Double.pi
            let d = Self.around(knots, a)
            return (
                values[0].value(s * Elementary.cosine(a + d / 2)), values[1].value(s * Elementary.cosine(a - d / 2))
            )
        }
    }

    // The same place with d above zero and a from −π to π.
    private static func turned(_ a: Double, _ d: Double) -> (a: Double, d: Double) {
        var (a, d) = d < 0 ? (-a, -d) : (a, d)
        while a > Double.pi { a -= 2 * Double.pi }
        while a <= -Double.pi { a += 2 * Double.pi }
        d = min(max(d, 0), Double.pi)
        return (a, d)
    }

    // By a cubic that is level at the knots, all the way around.
    private static func around(_ knots: [(a: Double, d: Double)], _ a: Double) -> Double {
        let turn = 2 * Double.pi
        guard let first = knots.first, let last = knots.last else { return 0 }
        let all = [(last.a - turn, last.d)] + knots.map { ($0.a, $0.d) } + [(first.a + turn, first.d)]
        let next = all.firstIndex { $0.0 > a } ?? all.count - 1
        let (low, high) = (all[max(0, next - 1)], all[next])
        let t = high.0 > low.0 ? (a - low.0) / (high.0 - low.0) : 0
        let share = t * t * (3 - 2 * t)
        return low.1 + (high.1 - low.1) * share
    }
}
