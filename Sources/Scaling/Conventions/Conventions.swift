// Whether a table, a point and a law mean the same by N, D and C: which are counted, and in which unit.

import Fitting
import Formulas
import Tables

/// Compares the meaning of columns with what a law wants. A mismatch is a warning, never an error.
///
/// Codes: `counting-mismatch` where other parameters or other operations are counted, `unit-mismatch` where the unit is
/// another, or where values lie so far outside of a law's range that a unit is the likely reason.
public enum Conventions {
    /// What is doubtful about fitting a law to a table, or predicting from its rows.
    ///
    /// - Parameters:
    ///   - columns: what an input stands for in the table; an input that is missing here is the column of its name.
    ///   - declared: what is known of columns, by their names in the table; the others are guessed from their names and
    ///     from what stands beside them: `params` next to `params_non_embedding` counts all.
    public static func warnings(
        for law: Law, table: Table, columns: [String: Formula] = [:], declared: [String: ColumnMeaning] = [:]
    ) -> [Warning] {
        let names = table.columns.map(\.name)
        var warnings: [Warning] = []
        for input in law.inputs {
            let source = columns[input.name]?.prediction ?? .name(input.name)
            guard let wanted = ColumnMeaning(input) else { continue }
            let scaled = ScaledColumn(source)
            let guess = scaled.flatMap { meaning(ofColumn: $0.column, among: names, declared) }
            if let scaled, let found = guess, found.kind == wanted.kind {
                if let unit = found.unit, let warning = unitWarning(input, wanted, scaled, unit) {
                    warnings.append(warning)
                    continue
                }
                if let counted = found.counting, let asked = wanted.counting, !counted.agrees(with: asked) {
                    let cost = Cost(law, input, scaled, asked, table, columns, declared)
                    warnings.append(.counting(input, scaled.column, counted, wanted: asked, cost))
                }
            }
            guard let values = try? table.values(of: source) else { continue }
            if let warning = magnitudeWarning(input, wanted, values) { warnings.append(warning) }
        }
        return warnings
    }

    /// What is doubtful about fitting a law by a specification, which says what its inputs stand for.
    public static func warnings(
        for law: Law, table: Table, specification: Specification, declared: [String: ColumnMeaning] = [:]
    ) -> [Warning] {
        warnings(for: law, table: table, columns: specification.columns, declared: declared)
    }

    /// What is doubtful about the units of points at which a law is evaluated.
    public static func warnings(for law: Law, points: Points) -> [Warning] {
        law.inputs.compactMap { input in
            guard let wanted = ColumnMeaning(input), let values = points.numbers[input.name] else { return nil }
            return magnitudeWarning(input, wanted, values)
        }
    }

    /// What an input of a fit counts, from the name of its column: what is stored with a fit.
    ///
    /// - Parameters:
    ///   - source: the column, or a column times a number; another expression means nothing here.
    ///   - names: all columns of the table, where they are known.
    public static func meaning(
        of source: Expression, among names: [String] = [], declared: [String: ColumnMeaning] = [:]
    ) -> ColumnMeaning? {
        guard let scaled = ScaledColumn(source),
            var meaning = meaning(ofColumn: scaled.column, among: names, declared)
        else { return nil }
        meaning.unit = meaning.unit.map { $0 / scaled.factor }
        return meaning
    }

    static func meaning(
        ofColumn name: String, among names: [String], _ declared: [String: ColumnMeaning]
    ) -> ColumnMeaning? {
        if let meaning = declared[name] { return meaning }
        guard var meaning = ColumnMeaning(ofColumn: name) else { return nil }
        if meaning.kind == .parameters, meaning.counting == nil {
            let others = names.filter { $0 != name }.compactMap { ColumnMeaning(ofColumn: $0)?.counting }
            if others.contains(.nonEmbedding) { meaning.counting = .all }
            if others.contains(.active) { meaning.counting = .total }
        }
        return meaning
    }

    // MARK: - Units

    private static func unitWarning(
        _ input: LawInput, _ wanted: ColumnMeaning, _ scaled: ScaledColumn, _ unit: Double
    ) -> Warning? {
        guard let asked = wanted.unit else { return nil }
        let factor = unit / scaled.factor / asked
        if (factor - 1).magnitude < 1e-6 { return nil }
        return .unit(input, wanted, column: scaled.column, unit: unit, factor: factor * scaled.factor)
    }

    private static let unitFactors = [1e9, 1e6, 1e3, ColumnMeaning.petaFLOPDay]

    /// Values all so far outside of the range that was fitted that a unit is the likely reason: the warning names the
    /// factor that brings them back.
    private static func magnitudeWarning(_ input: LawInput, _ wanted: ColumnMeaning, _ values: [Double]) -> Warning? {
        let known = values.filter { $0.isFinite && $0 > 0 }
        guard input.range.lower > 0, input.range.upper.isFinite, let least = known.min(), let most = known.max()
        else {
            return nil
        }
        // A tenth and ten times of the range are still near it.
        func isNear(_ x: Double) -> Bool { x >= input.range.lower / 10 && x <= input.range.upper * 10 }
        if most < input.range.lower / 1_000 {
            let factors = unitFactors.filter { wanted.kind == .compute || $0 != ColumnMeaning.petaFLOPDay }
            guard let factor = factors.first(where: { isNear(most * $0) }) else { return nil }
            return .magnitude(input, wanted, example: most, factor: factor)
        }
        // Upwards a law may be meant to reach far, so a factor counts only where nearly all of it is needed.
        let distance = least / input.range.upper
        let factors = wanted.kind == .compute ? [ColumnMeaning.petaFLOPDay, 1e9] : [1e9, 1e6]
        guard let factor = factors.first(where: { distance >= $0 / 10 && isNear(least / $0) }) else { return nil }
        return .magnitude(input, wanted, example: least, factor: 1 / factor)
    }
}

/// A column times a number, as `1e9 * params_b` or `tokens / 1e9`.
struct ScaledColumn {
    let column: String
    /// What the column is multiplied by.
    let factor: Double

    init?(_ expression: Expression) {
        switch expression {
        case .symbol(let symbol) where symbol.indices.isEmpty: (column, factor) = (symbol.name, 1)
        case .binary(.multiply, .number(let number), .symbol(let symbol)) where symbol.indices.isEmpty && number > 0,
            .binary(.multiply, .symbol(let symbol), .number(let number)) where symbol.indices.isEmpty && number > 0:
            (column, factor) = (symbol.name, number)
        case .binary(.divide, .symbol(let symbol), .number(let number)) where symbol.indices.isEmpty && number > 0:
            (column, factor) = (symbol.name, 1 / number)
        default: return nil
        }
    }
}

/// What it costs to count otherwise, where the table has both countings.
struct Cost {
    /// The column that counts what the law wants.
    let column: String
    /// Used over wanted, the median over the rows.
    let ratio: Double
    /// The relative change of the law's value at the middle row, with its own coefficients; nil where it has none.
    let effect: Double?

    init?(
        _ law: Law, _ input: LawInput, _ used: ScaledColumn, _ asked: ColumnMeaning.Counting, _ table: Table,
        _ columns: [String: Formula], _ declared: [String: ColumnMeaning]
    ) {
        let names = table.columns.map(\.name)
        let kind = ColumnMeaning(input)?.kind
        let other = names.first { name in
            guard name != used.column, let meaning = Conventions.meaning(ofColumn: name, among: names, declared)
            else {
                return false
            }
            return meaning.kind == kind && meaning.counting?.agrees(with: asked) == true
        }
        guard let other, let a = try? table.numbers(used.column), let b = try? table.numbers(other) else {
            return nil
        }
        let ratios = a.indices.filter { a[$0] > 0 && b[$0] > 0 }.map { (row: $0, ratio: a[$0] / b[$0]) }
            .sorted { $0.ratio < $1.ratio }
        if ratios.isEmpty { return nil }
        let middle = ratios[ratios.count / 2]
        (column, ratio) = (other, middle.ratio)
        var wanted = columns
        wanted[input.name] = try? Formula(used.factor == 1 ? "`\(other)`" : "\(used.factor) * `\(other)`")
        func value(_ columns: [String: Formula]) -> Double? {
            guard let points = try? Points(table.rows(at: [middle.row]), for: law, columns: columns) else {
                return nil
            }
            return try? law.predict(points).values.first
        }
        guard let here = value(columns), let there = value(wanted), here.isFinite, there.isFinite, there != 0 else {
            effect = nil
            return
        }
        effect = here / there - 1
    }
}
