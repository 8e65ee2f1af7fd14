// Weak identification in words: which parameters trade against each other, how, and which run would part them.

import Formulas

extension Judgement {
    // Weak identification in words: a direction in which the parameters can move together at no cost.
    func identification() -> [Warning] {
        guard let weakest = directions.first, problem.observations >= Double(free.count) else { return [] }
        let names = free.map { problem.parameterNames[$0] }
        let weak = !(weakest.value >= 1e-12)
        let wide = free.indices.filter { i in
            guard let covariance else { return false }
            let k = free[i]
            let error = covariance[k * problem.parameters.count + k].squareRoot()
            return error > minimum.parameters[k].magnitude
        }
        guard weak || !wide.isEmpty else { return [] }
        let involved = weakest.vector.indices.filter { weakest.vector[$0].magnitude > 0.1 }
            .sorted { weakest.vector[$0].magnitude > weakest.vector[$1].magnitude }
        let traded = involved.map { names[$0] }.joined(separator: ", ")
        if weak {
            return [
                involved.count > 1
                    ? Warning(
                        code: "not-identified",
                        message:
                            "the data cannot separate \(traded): they can move together without changing the fit",
                        hint: "fix or tie one of them, or add runs that move one input without the others"
                            + (tradeOff.map(separation) ?? ""))
                    : Warning(
                        code: "not-identified",
                        message:
                            "the data say nothing of \(traded.isEmpty ? names.joined(separator: ", ") : traded): "
                            + "it can move without changing the fit",
                        hint: "fix it, or fit a formula without it")
            ]
        }
        let list = wide.map { names[$0] }.joined(separator: ", ")
        let tradeOff = involved.count > 1 ? tradeOff : nil
        return [
            Warning(
                code: "weakly-identified",
                message: "the standard error of \(list) exceeds its value"
                    + (tradeOff.map { "; parameters trade along \($0.statement)" } ?? ""),
                hint: "do not read these parameters one by one; predictions may still be sharp"
                    + (tradeOff.map(separation) ?? ""))
        ]
    }

    /// One standard error along the weakest direction; nil without noise to measure it by.
    var tradeOff: TradeOff? {
        guard let weakest = directions.first, dispersion > 0, dispersion.isFinite else { return nil }
        var step = [Double](repeating: 0, count: problem.parameters.count)
        // The eigenvector is that of the curvature scaled to a unit diagonal.
        let size = (dispersion / max(weakest.value, 1e-12)).squareRoot()
        for (i, k) in free.enumerated() {
            let scale = curvature[i, i].squareRoot()
            step[k] = scale > 0 ? size * weakest.vector[i] / scale : 0
        }
        return TradeOff(step: step, parameters: minimum.parameters, names: problem.parameterNames)
    }

    // What to run next, in words.
    private func separation(_ tradeOff: TradeOff) -> String {
        guard let run = tradeOff.separatingRun(problem, noise: noise) else { return "" }
        let place = run.inputs.map { "\($0.name) = \(Numeral.quantity($0.value, digits: 3))" }.joined(separator: ", ")
        let shift = Numeral.short(run.shift, digits: 2)
        return run.shift >= 0.5
            ? "; a run at \(place) would part them best: it differs by \(shift) times the noise along this direction"
            : "; no single run within these ranges would part them (the best differs by \(shift) times the noise)"
    }
}
