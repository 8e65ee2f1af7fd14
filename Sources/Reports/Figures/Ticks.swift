// Where an axis has its ticks, and what stands beside them.

import Fitting
import Formulas

/// The ticks of an axis: round numbers inside of its range, at most `most` of them where that is possible.
struct Ticks {
    private(set) var values: [Double]
    private(set) var labels: [String]

    /// - Parameter width: names are cut to this many points.
    init(_ range: ClosedRange<Double>, _ axis: Axis, most: Int, width: Double = .infinity) {
        if case .names(let names) = axis.scale {
            values = names.indices.map(Double.init)
            labels = names.map { Lettering.cut($0, 11, to: width) }
            return
        }
        let found = axis.scale == .logarithmic ? Self.logarithmic(range, most) : Self.linear(range, most)
        values = found
        // As few digits as tell them apart.
        let written = (3...15).lazy.map { digits in found.map { Self.label($0, axis.notation, digits: digits) } }
        labels = written.first { Set($0).count == found.count } ?? found.map { Self.label($0, axis.notation) }
    }

    /// Takes the labels away and leaves the ticks.
    mutating func hideLabels() { labels = labels.map { _ in "" } }

    /// Keeps every second label, or third, until none lies on its neighbour.
    mutating func thin(_ place: (Double) -> Double) {
        func fits(_ step: Int) -> Bool {
            let kept = values.indices.filter { $0 % step == 0 }
            return zip(kept, kept.dropFirst()).allSatisfy { a, b in
                let room = (place(values[b]) - place(values[a])).magnitude
                return (Lettering.width(labels[a], 11) + Lettering.width(labels[b], 11)) / 2 + 4 <= room
            }
        }
        guard let step = (1...max(1, values.count)).first(where: fits), step > 1 else { return }
        let kept = values.indices.filter { $0 % step == 0 }
        (values, labels) = (kept.map { values[$0] }, kept.map { labels[$0] })
    }

    /// Multiples of 1, 2 or 5 times a power of ten.
    static func linear(_ range: ClosedRange<Double>, _ most: Int) -> [Double] {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard high > low, (high - low).isFinite, (high - low) / Double(most) > .leastNormalMagnitude else {
            return [low]
        }
        let unit = power(Int((Elementary.ln((high - low) / Double(most)) / Elementary.ln(10)).rounded(.down)))
        var finer: [Double] = []
        for factor in [0.5, 1, 2, 5, 10, 20, 50] {
            let step = unit * factor
            let first = (low / step).rounded(.up)
            let last = (high / step).rounded(.down)
            let found = stride(from: first, through: last, by: 1).map { Numeral.rounded($0 * step) }
            if found.count >= 2, found.count <= most { return found }
            // A step too far: of the one before, the ends.
            if found.count < 2, finer.count >= 2 { return [finer[0], finer[finer.count - 1]] }
            finer = found
        }
        return [low, high]
    }

    /// Powers of ten, every so many of them; over less than three decades also some multiples of these; over a
    /// part of a decade as on a linear axis.
    static func logarithmic(_ range: ClosedRange<Double>, _ most: Int) -> [Double] {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard low > 0, high > low else { return [low] }
        if high < 4 * low { return linear(range, most) }
        let first = max(-307, Int((Elementary.ln(low) / Elementary.ln(10)).rounded(.down)))
        let last = min(308, Int((Elementary.ln(high) / Elementary.ln(10)).rounded(.up)))
        func inside(_ factors: [Double]) -> [Double] {
            var found: [Double] = []
            for exponent in first...last {
                for factor in factors {
                    let value = Numeral.rounded(factor * power(exponent))
                    if value >= low, value <= high { found.append(value) }
                }
            }
            return found
        }
        let decades = inside([1])
        if decades.count >= 3 {
            let step = (decades.count + most - 1) / most
            return stride(from: (decades.count - 1) % step, to: decades.count, by: step).map { decades[$0] }
        }
        for factors in [[1.0, 2, 3, 5], [1, 2, 5], [1, 3]] {
            let found = inside(factors)
            if found.count <= most, found.count >= 3 { return found }
        }
        // Little room: the decades, or what comes nearest to even factors.
        let few = inside([1, 3])
        let fits = [decades, few, inside([1, 2, 5])].filter { $0.count >= 2 && $0.count <= most }
        return fits.max { $0.count < $1.count }
            ?? (few.count >= 2 ? [few[0], few[few.count - 1]] : linear(range, most))
    }

    static func label(_ value: Double, _ notation: Axis.Notation, digits: Int = 6) -> String {
        switch notation {
        case .plain: return Numeral.short(value, digits: digits)
        case .percent: return Numeral.short(100 * value, digits: digits) + " %"
        case .size:
            if value >= 1e15 { return label(value, .power, digits: digits) }
            if value >= 1e3, value < 1e6 { return Numeral.short(value / 1e3, digits: digits) + "k" }
            return Numeral.quantity(value, digits: digits)
        case .power:
            let text = Numeral.scientific(value, digits: min(digits, 15))
            let parts = text.split(separator: "e")
            guard parts.count == 2 else { return text }
            var mantissa = parts[0]
            if mantissa.contains(".") {
                while mantissa.last == "0" { mantissa.removeLast() }
                if mantissa.last == "." { mantissa.removeLast() }
            }
            let ten = "10" + superscript(parts[1])
            return mantissa == "1" ? ten : "\(mantissa)×\(ten)"
        }
    }

    private static func superscript(_ digits: some StringProtocol) -> String {
        let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(digits.map { $0 == "-" ? "⁻" : $0.wholeNumberValue.map { raised[$0] } ?? $0 })
    }

    // Exact, as a literal is.
    private static func power(_ exponent: Int) -> Double { Quantity.parse("1e\(exponent)") ?? .nan }
}
