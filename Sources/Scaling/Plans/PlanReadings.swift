// What is read off an optimum: the value of every input with its slope by the free inputs, and tokens per parameter.

import Formulas

/// The logarithm of something at an optimum, with its derivatives by the logarithms of the free inputs.
struct PlanReading {
    let logarithm: Double
    let gradient: [Double]
    /// The same at other optima, all in one pass: the logarithms alone.
    let again: ([PlanOptimum]) -> [Double]
}

struct PlanReadings {
    private let model: PlanModel

    init(_ model: PlanModel) { self.model = model }

    /// An input that is free or tied.
    subscript(name: String, optimum: PlanOptimum) -> PlanReading {
        let space = model.space
        let zero = [Double](repeating: 0, count: space.free.count)
        if let k = space.free.firstIndex(where: { $0.name == name }) {
            var gradient = zero
            gradient[k] = 1
            return PlanReading(logarithm: optimum.logarithms[k], gradient: gradient) { optima in
                optima.map { $0.logarithms[k] }
            }
        }
        if let place = model.tieNames.firstIndex(of: name) {
            let term = PlanTerm(function: model.firstTie + place, scale: .logarithm)
            let parameters = space.estimates.values
            let here = term.values(
                model.functions.run([optimum.logarithms], parameters: [parameters]).values(term.function, 0))
            return PlanReading(logarithm: here.value, gradient: here.gradient) { optima in
                let values = model.functions.run(
                    optima.map(\.logarithms), parameters: optima.map { _ in parameters })
                return optima.indices.map { Elementary.ln(values.value(term.function, $0)) }
            }
        }
        let value = space.constants[name] ?? .nan
        let logarithm = value > 0 ? Elementary.ln(value) : .nan
        return PlanReading(logarithm: logarithm, gradient: zero) { optima in optima.map { _ in logarithm } }
    }

    /// 6·N·D; nil for a law without both.
    func training(_ optimum: PlanOptimum) -> PlanReading? {
        guard let size = model.space.size, let data = model.space.data else { return nil }
        let (n, d) = (self[size.name, optimum], self[data.name, optimum])
        let unit = Elementary.ln(6 * PlanSpace.unit(data) * PlanSpace.unit(size))
        guard n.logarithm.isFinite, d.logarithm.isFinite else { return nil }
        return PlanReading(
            logarithm: d.logarithm + n.logarithm + unit, gradient: zip(d.gradient, n.gradient).map { $0 + $1 }
        ) { optima in zip(d.again(optima), n.again(optima)).map { $0 + $1 + unit } }
    }

    /// Tokens per parameter; nil for a law without both.
    func ratio(_ optimum: PlanOptimum) -> PlanReading? {
        guard let size = model.space.size, let data = model.space.data else { return nil }
        let (n, d) = (self[size.name, optimum], self[data.name, optimum])
        let unit = Elementary.ln(PlanSpace.unit(data) / PlanSpace.unit(size))
        guard n.logarithm.isFinite, d.logarithm.isFinite else { return nil }
        return PlanReading(
            logarithm: d.logarithm - n.logarithm + unit, gradient: zip(d.gradient, n.gradient).map { $0 - $1 }
        ) { optima in zip(d.again(optima), n.again(optima)).map { $0 - $1 + unit } }
    }
}
