// Points as a person types them: 'N=70B, D=1.4T', 'N=1B..100B@20, D=1T', 'dataset="C4"'.

import Formulas

extension Points {
    /// As many points as a text may name.
    public static let limit = 1_000_000

    /// The points that a text names: a value, a label or a range for each input, separated by commas.
    ///
    /// A range `1B..100B@20` is 20 points, equally spaced in the logarithm; `0..1@11lin` are equally spaced in the
    /// number itself. The first and the last are exact, those between
    /// them have 15 significant digits. Several ranges give every combination, the first input varying
    /// slowest. A label is bare or quoted; it may hold commas when quoted.
    ///
    /// - Throws: ``ScalingError/points(_:in:at:)`` with the place in the text, and ``ScalingError/missingInputs(_:law:inputs:)``.
    public init(_ text: String, for law: Law) throws(ScalingError) {
        var grammar = PointGrammar(text, law)
        let axes = try grammar.read()
        try law.checkNames(axes.map(\.name))
        var total = 1
        for axis in axes { total *= axis.count }
        self.init(count: total, names: law.inputs.map(\.name), axes: axes)
    }

    init(count: Int, names: [String], axes: [PointGrammar.Axis]) {
        var (numbers, labels): ([String: [Double]], [String: [String]]) = ([:], [:])
        var inner = count
        for axis in axes {
            inner /= axis.count
            switch axis.values {
            case .numbers(let values):
                numbers[axis.name] = (0..<count).map { values[$0 / inner % values.count] }
            case .label(let label): labels[axis.name] = Array(repeating: label, count: count)
            }
        }
        self.init(count: count, names: names, numbers: numbers, labels: labels)
    }
}

/// Reads the text of `--at`, one assignment at a time.
struct PointGrammar {
    struct Axis {
        enum Values {
            case numbers([Double])
            case label(String)
        }

        let name: String
        let values: Values

        var count: Int { if case .numbers(let values) = values { values.count } else { 1 } }
    }

    private let text: String
    private let bytes: [UInt8]
    private let law: Law
    private var position = 0

    init(_ text: String, _ law: Law) {
        self.text = text
        self.law = law
        bytes = Array(text.utf8)
    }

    mutating func read() throws(ScalingError) -> [Axis] {
        var axes: [Axis] = []
        var total = 1
        skipSpaces()
        if position == bytes.count {
            if law.inputs.isEmpty { return [] }
            throw fault(.empty, 0..<0)
        }
        while true {
            let start = position
            let axis = try assignment()
            if axes.contains(where: { $0.name == axis.name }) {
                throw fault(.repeated(axis.name), start..<start + axis.name.utf8.count)
            }
            total *= axis.count
            if total > Points.limit { throw fault(.tooMany(limit: Points.limit), start..<position) }
            axes.append(axis)
            skipSpaces()
            if position == bytes.count { return axes }
            guard bytes[position] == UInt8(ascii: ",") else { throw fault(.expectedComma, position..<position + 1) }
            position += 1
            skipSpaces()
        }
    }

    private mutating func assignment() throws(ScalingError) -> Axis {
        let start = position
        let name = try self.name()
        let nameRange = start..<position
        skipSpaces()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
            // A name of several words stands in backquotes.
            let meant = law.inputs.map(\.name).first { bytes[start...].starts(with: $0.utf8) && $0 != name }
            throw fault(.expectedEquals(name: name, meant: meant), position..<position)
        }
        guard let input = law.input(name) else {
            let near = Suggestion.nearest(to: name, among: law.inputs.map(\.name))
            throw fault(
                .unknownInput(name, law: law.id, inputs: law.inputsWithUnits, suggestion: near), nameRange)
        }
        position += 1
        skipSpaces()
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") {
            let start = position
            let label = try quoted()
            guard input.isLabel else { throw fault(.notANumber(label, name: name), start..<position) }
            return Axis(name: name, values: .label(label))
        }
        let valueStart = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ",") { position += 1 }
        var end = position
        while end > valueStart, isSpace(bytes[end - 1]) { end -= 1 }
        let written = String(decoding: bytes[valueStart..<end], as: UTF8.self)
        if written.isEmpty { throw fault(.expectedValue(name: name), valueStart..<valueStart) }
        if input.isLabel {
            if written.contains("@"), written.contains("..") {
                throw fault(.rangeOfLabels(name: name), valueStart..<end)
            }
            return Axis(name: name, values: .label(written))
        }
        return Axis(name: name, values: .numbers(try numbers(written, valueStart..<end, name)))
    }

    private mutating func name() throws(ScalingError) -> String {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "`") { return try quoted() }
        while position < bytes.count, !isSpace(bytes[position]), !Array("=,\"'".utf8).contains(bytes[position]) {
            position += 1
        }
        if position == start { throw fault(.expectedName, start..<min(start + 1, bytes.count)) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() throws(ScalingError) -> String {
        let start = position
        let quote = bytes[start]
        position += 1
        while position < bytes.count, bytes[position] != quote { position += 1 }
        guard position < bytes.count else { throw fault(.unclosedQuote, start..<bytes.count) }
        position += 1
        return String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self)
    }

    private func numbers(_ written: String, _ range: Range<Int>, _ name: String) throws(ScalingError) -> [Double] {
        guard let dots = written.firstRange(of: "..") else {
            guard let value = Quantity.parse(written) else { throw fault(.notANumber(written, name: name), range) }
            return [value]
        }
        let rest = written[dots.upperBound...]
        guard let at = rest.firstIndex(of: "@") else { throw fault(.rangeWithoutCount, range) }
        guard let low = Quantity.parse(written[..<dots.lowerBound]), let high = Quantity.parse(rest[..<at]) else {
            throw fault(.notANumber(written, name: name), range)
        }
        let spacing = rest[rest.index(after: at)...]
        let digits = spacing.prefix { $0.isASCII && $0.isWholeNumber }
        guard let count = Int(digits), count >= 2 else { throw fault(.badCount(String(spacing)), range) }
        if count > Points.limit { throw fault(.tooMany(limit: Points.limit), range) }
        let steps = Double(count - 1)
        let inner = 1..<(count - 1)
        switch spacing.dropFirst(digits.count) {
        case "", "log":
            guard low > 0, high > 0 else { throw fault(.logarithmicRange, range) }
            let (a, b) = (Elementary.ln(low), Elementary.ln(high))
            return [low] + inner.map { Self.rounded(Elementary.exp(a + (b - a) * (Double($0) / steps))) } + [high]
        case "lin": return [low] + inner.map { Self.rounded(low + (high - low) * (Double($0) / steps)) } + [high]
        default: throw fault(.unknownSpacing(String(spacing.dropFirst(digits.count))), range)
        }
    }

    // To 15 significant digits, so that the last bit of an exponential does not print 199999999999.99997.
    private static func rounded(_ value: Double) -> Double { Numeral.rounded(value) }

    private mutating func skipSpaces() {
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private func fault(_ fault: ScalingError.PointFault, _ range: Range<Int>) -> ScalingError {
        .points(fault, in: text, at: range)
    }
}
