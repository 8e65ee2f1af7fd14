// A text of a schedule taken apart: a family, and key=value for each of its numbers.

import Formulas

struct ScheduleWords {
    let family: String
    private(set) var values: [String: String] = [:]

    /// - Parameters:
    ///   - families: with the keys that each takes.
    init(_ text: String, families: [(name: String, keys: [String])]) throws(ScheduleFault) {
        let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard let name = words.first, let known = families.first(where: { $0.name == name }) else {
            throw .unknownFamily(words.first ?? "", families: families.map(\.name))
        }
        family = name
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, known.keys.contains(parts[0]) else {
                throw .unknownKey(parts[0], family: name, keys: known.keys)
            }
            if values.updateValue(parts[1], forKey: parts[0]) != nil { throw .repeatedKey(parts[0]) }
        }
    }

    /// The number of a key.
    ///
    /// - Parameter whole: what `20%` is a share of; nil where a share means nothing.
    func number(_ key: String, _ standard: Double? = nil, of whole: Double? = nil) throws(ScheduleFault) -> Double {
        guard let text = values[key] else {
            guard let standard else { throw .missingKey(key, family: family) }
            return standard
        }
        if let whole, text.hasSuffix("%"), let share = Quantity.parse(String(text.dropLast())), share.isFinite {
            return share * whole / 100
        }
        guard let value = Quantity.parse(text), value.isFinite else { throw .notANumber(text, key: key) }
        return value
    }

    /// A number of steps; a share of `whole` is rounded to the nearest.
    func count(_ key: String, _ standard: Double? = nil, of whole: Int? = nil, in range: ClosedRange<Int>)
        throws(ScheduleFault) -> Int
    {
        var value = try number(key, standard, of: whole.map(Double.init))
        if values[key]?.hasSuffix("%") == true { value = value.rounded() }
        guard value == value.rounded(), value >= Double(range.lowerBound), value <= Double(range.upperBound) else {
            throw .doesNotFit(key, needs: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(value)
    }

    /// A learning rate; a share is one of the peak.
    func rate(_ key: String, _ standard: Double? = nil, of peak: Double? = nil, zero: Bool) throws(ScheduleFault)
        -> Double
    {
        let value = try number(key, standard, of: peak)
        if value < 0 || (value == 0 && !zero) {
            throw .doesNotFit(key, needs: zero ? "a rate of 0 or more" : "a rate above 0")
        }
        return value
    }
}
