// What the runs of a chain's last law do not show: where a curve bends, and whether it has left its floor.

import Fitting
import Formulas

/// Looks along one input of a law, over the range of its runs.
struct StepDoubts {
    let warnings: [Warning]

    /// How many times the noise of a run the law must change by over its runs.
    private static let leastChange = 5.0
    private static let places = 65

    /// - Parameter point: one point, with the input where the law is to be read.
    init(_ law: Law, input name: String, _ point: Points) {
        guard let input = law.input(name), input.range.lower.isFinite, input.range.upper.isFinite,
            input.range.upper > input.range.lower, let x = point.numbers[name]?.first
        else {
            warnings = []
            return
        }
        let (low, high) = (input.range.lower, input.range.upper)
        let along = (0..<Self.places).map { low + (high - low) * Double($0) / Double(Self.places - 1) }
        var numbers = point.numbers.mapValues { Array(repeating: $0[0], count: Self.places) }
        numbers[name] = along
        let points = Points(
            count: Self.places, names: point.names, numbers: numbers,
            labels: point.labels.mapValues { Array(repeating: $0[0], count: Self.places) })
        guard let values = try? law.predict(points, source: .delta).values, values.allSatisfy(\.isFinite) else {
            warnings = []
            return
        }
        let response = law.response?.name ?? "the response"
        var found: [Warning] = []
        let slopes = zip(values.dropFirst(), values).map { ($0 - $1).magnitude }
        let steepest = slopes.indices.max { slopes[$0] < slopes[$1] } ?? 0
        let edge = x < low ? 0 : x > high ? slopes.count - 1 : nil
        // A straight line is steepest nowhere.
        let isCurved = (slopes.max() ?? 0) > 1.02 * (slopes.min() ?? 0)
        if let edge, steepest == edge, isCurved {
            found.append(.bendNotSeen(response, input, at: x, edge: x < low ? low : high))
        }
        let scale = law.fitting.residual ?? .raw
        let change = ((values.last ?? 0) - values[0]).magnitude
        let moved = (scale.transformed(values[values.count - 1]) - scale.transformed(values[0])).magnitude
        if let noise = law.fit?.noise, noise > 0, moved < Self.leastChange * noise {
            found.append(.nearChance(response, input, change: change, times: moved / noise))
        }
        warnings = found
    }
}

extension Warning {
    static func bendNotSeen(_ response: String, _ input: LawInput, at x: Double, edge: Double) -> Warning {
        func short(_ value: Double) -> String { Numeral.quantity(value, digits: 3) }
        return Warning(
            code: "bend-not-seen",
            message:
                "\(response) is steepest at the edge of its runs, \(input.name) = \(short(edge)): where it levels off "
                + "was not seen",
            hint:
                "from there to \(input.name) = \(short(x)) the form of the law decides; runs nearer to it would show the bend"
        )
    }

    static func nearChance(_ response: String, _ input: LawInput, change: Double, times: Double) -> Warning {
        Warning(
            code: "near-chance",
            message: "over all \(input.name) of its runs \(response) changes by \(Numeral.short(change, digits: 2)), "
                + "\(Numeral.short(times, digits: 2)) times the noise of a run",
            hint: "so small a change says little of how it goes on; add larger runs, or take an easier task")
    }
}
