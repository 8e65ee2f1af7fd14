// The axes of a law: its inputs and what it predicts, with their units, as the field writes them.

import Formulas
import Scaling

extension Law {
    /// The axis of an input, by the values that it will show.
    func axis(_ name: String, values: [Double]) -> Axis {
        let input = self.input(name)
        let unit = input?.unit
        let label = unit.map { $0 == name ? name : "\(name), \($0)" } ?? name
        return Axis(label, values: values, isCompute: unit == "FLOP")
    }

    /// What the law predicts is called.
    var responseName: String { response?.name ?? formula?.response.map { "\($0)" } ?? "value" }

    /// The axis of what the law predicts.
    func responseAxis(values: [Double]) -> Axis {
        let unit = response?.unit.map { ", \($0)" } ?? ""
        return Axis(
            responseName + unit, scale: values.allSatisfy { $0 > 0 || $0.isNaN } ? .logarithmic : .linear)
    }
}

extension Axis {
    /// Logarithmic where all values are above zero; sizes as 70B, compute as a power of ten.
    init(_ label: String, values: [Double], isCompute: Bool = false) {
        let largest = values.filter(\.isFinite).max() ?? 1
        self.init(
            label, scale: values.allSatisfy { $0 > 0 || $0.isNaN } ? .logarithmic : .linear,
            notation: isCompute || largest >= 1e15 ? .power : largest >= 1e3 ? .size : .plain)
    }
}

extension Axis {
    /// The axis of a parameter: logarithmic where its values go over decades.
    init(parameter name: String, values: [Double]) {
        let span = values.span ?? 0...1
        let isWide = span.lowerBound > 0 && span.upperBound > 30 * span.lowerBound
        let largest = max(span.lowerBound.magnitude, span.upperBound.magnitude)
        self.init(
            name, scale: isWide ? .logarithmic : .linear,
            notation: largest >= 1e15 ? .power : largest >= 1e5 ? .size : .plain)
    }
}

/// Numbers in even steps of a range, both ends among them; even factors where the range is above zero.
func evenSteps(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard count > 1, high > low else { return [low] }
    return (0..<count).map { step in
        if step == 0 { return low }
        if step == count - 1 { return high }
        let share = Double(step) / Double(count - 1)
        return low > 0 ? low * Elementary.exp(share * Elementary.ln(high / low)) : low + (high - low) * share
    }
}

extension Collection<Double> {
    /// From the least to the largest finite number; nil without any.
    var span: ClosedRange<Double>? {
        let known = filter(\.isFinite)
        guard let low = known.min(), let high = known.max() else { return nil }
        return low...high
    }
}
