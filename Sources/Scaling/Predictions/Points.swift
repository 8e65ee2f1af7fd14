// Many points, by column: what the column machine runs over.

import Formulas
import Tables

/// Points at which a law is evaluated, kept as columns.
public struct Points: Sendable, Hashable {
    /// How many points there are.
    public let count: Int
    /// The names of the inputs that are given, in order.
    public let names: [String]
    /// Whole columns by the name of the input: of numbers, and of labels.
    package private(set) var numbers: [String: [Double]] = [:]
    package private(set) var labels: [String: [String]] = [:]
    /// The learning rate of every step of schedules that go by a name of their own; any other label of a schedule says
    /// itself what it is.
    public var schedules: [String: [Double]] = [:]

    init(count: Int, names: [String], numbers: [String: [Double]], labels: [String: [String]]) {
        self.count = count
        self.names = names
        self.numbers = numbers
        self.labels = labels
    }

    /// All of these, one after the other; they have the same inputs.
    package init(joining parts: [Points]) {
        count = parts.reduce(0) { $0 + $1.count }
        names = parts.first?.names ?? []
        for part in parts {
            numbers.merge(part.numbers) { $0 + $1 }
            labels.merge(part.labels) { $0 + $1 }
            schedules.merge(part.schedules) { first, _ in first }
        }
    }

    /// Points for a law, each input given at each of them.
    ///
    /// - Throws: ``ScalingError/missingInputs(_:law:inputs:)`` and ``ScalingError/unknownPointInput(_:law:inputs:suggestion:)``,
    ///   which list the law's inputs with their units; ``ScalingError/wrongKind(_:isLabel:law:)`` for a number where
    ///   the law takes text, or text where it takes a number.
    public init(_ points: [Point], for law: Law) throws(ScalingError) {
        count = points.count
        names = law.inputs.map(\.name)
        for point in points {
            try law.checkNames(Array(point.values.keys))
            for input in law.inputs {
                switch (point[input.name], input.isLabel) {
                case (.number(let value), false): numbers[input.name, default: []].append(value)
                case (.label(let label), true): labels[input.name, default: []].append(label)
                default: throw .wrongKind(input.name, isLabel: input.isLabel, law: law.id)
                }
            }
        }
        if points.isEmpty { fillEmpty(law) }
    }

    /// The rows of a table, one point each.
    ///
    /// - Parameters:
    ///   - columns: what an input of the law stands for in the table, where the table calls it otherwise.
    /// - Throws: ``ScalingError/noColumn(_:unit:table:header:)``, ``ScalingError/table(_:)``. A missing number is NaN
    ///   and gives a value that is not finite; a missing label is empty.
    public init(_ table: Table, for law: Law, columns: [String: Formula] = [:]) throws(ScalingError) {
        count = table.rowCount
        names = law.inputs.map(\.name)
        for input in law.inputs {
            let expression = columns[input.name]?.prediction ?? .name(input.name)
            if let missing = expression.symbols.first(where: { table[$0.name] == nil }) {
                throw .noColumn(
                    missing.name, unit: columns[input.name] == nil ? input.unit : nil, table: table.name,
                    header: table.columns.map(\.name))
            }
            do {
                if input.isLabel, case .symbol(let symbol) = expression, let column = table[symbol.name] {
                    let found = column.labels()
                    labels[input.name] = (0..<count).map { found[$0] ?? "" }
                } else {
                    numbers[input.name] = try table.values(of: expression)
                }
            } catch {
                throw .table(error)
            }
        }
        if count == 0 { fillEmpty(law) }
    }

    /// The same points with one more column, which no law reads: what says how large a run is.
    package func adding(_ name: String, _ values: [Double]) -> Points {
        var result = self
        result.numbers[name] = values
        return result
    }

    private mutating func fillEmpty(_ law: Law) {
        for input in law.inputs {
            if input.isLabel { labels[input.name] = [] } else { numbers[input.name] = [] }
        }
    }
}

extension Points: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(position: Int) -> Point {
        var point = Point()
        for name in names {
            if let column = numbers[name] { point[name] = .number(column[position]) }
            if let column = labels[name] { point[name] = .label(column[position]) }
        }
        return point
    }
}

extension Law {
    /// Adds what inputs were called in the fitted table, as a calibration may speak of it: `6 * params * tokens`.
    func addColumns(to numbers: inout [String: [Double]]) {
        for input in inputs {
            guard case .symbol(let column)? = input.column?.prediction, numbers[column.name] == nil,
                self.input(column.name) == nil
            else { continue }
            numbers[column.name] = numbers[input.name]
        }
    }

    /// The inputs as messages list them: `N [parameters], D [tokens]`.
    var inputsWithUnits: [String] { inputs.map { $0.name + ($0.unit.map { " [\($0)]" } ?? "") } }

    /// Refuses names that are no inputs, and names that are missing.
    func checkNames(_ given: [String]) throws(ScalingError) {
        let known = inputs.map(\.name)
        if let unknown = given.filter({ !known.contains($0) }).min() {
            throw .unknownPointInput(
                unknown, law: id, inputs: inputsWithUnits, suggestion: Suggestion.nearest(to: unknown, among: known))
        }
        let missing = known.filter { !given.contains($0) }
        if !missing.isEmpty { throw .missingInputs(missing, law: id, inputs: inputsWithUnits) }
    }
}
