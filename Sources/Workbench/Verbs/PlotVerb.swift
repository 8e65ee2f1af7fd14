// plot: a law and runs, to a figure.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Draws a figure.
public enum PlotVerb: Verb {
    public static let name = "plot"
    /// The figures that there are.
    public static let kinds = ["fit"]

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError` for a formula that cannot be read.
    public static func answer(_ request: PlotRequest) throws -> Answer<PlotReply> {
        guard kinds.contains(request.kind) else {
            throw WorkbenchError.unknownChoice(request.kind, option: "plot", choices: kinds)
        }
        let figure = try fit(request)
        let (width, height) = (request.width ?? 760, request.height ?? 460)
        for (value, option) in [(width, "--width"), (height, "--height")] where !(value >= 200 && value <= 10_000) {
            throw WorkbenchError.badSize(value, option: option)
        }
        let drawing = figure.drawing(width: width, height: height)
        let reply = PlotReply(
            kind: request.kind, title: figure.title, description: figure.description, svg: drawing.svg)
        return Answer(reply) { Report([.sentence(.strong(reply.title)), .sentence(Words(reply.description))]) }
    }

    private static func fit(_ request: PlotRequest) throws -> Figure {
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        guard let formula = law.formula else { throw law.noFormula }
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let table = try self.table(request, law)
        let given = try FitSpecification.formulas(request.columns, "--column")
        let columns = given.merging(FitSpecification.keptColumns(law, table, besides: given)) { given, _ in given }
        let points = try Points(table, for: law, columns: columns)
        let observed = try observed(law, formula, table, columns)
        func holds(_ condition: Formula?) throws -> [Bool] {
            guard let condition else { return Array(repeating: false, count: table.rowCount) }
            return try table.values(of: condition.prediction).map { $0 != 0 && !$0.isNaN }
        }
        let chosen = try law.fitting.condition.map { try holds($0) }
        let shown = try holds(try request.show.map { try FitSpecification.formula($0, "--show") })
        let whole = table.wholeRows(points, observed)
        let fitted = whole.filter { chosen?[$0] ?? true }
        let others = whole.filter { shown[$0] && !(chosen?[$0] ?? true) }
        if fitted.isEmpty { throw WorkbenchError.nothingToDraw(table: table.name) }
        let (x, by) = try axes(request, law, points)
        var figure = FitFigure(
            law: law, runs: FigureRuns(points: points, observed: observed, fitted: fitted, others: others), x: x,
            by: by, level: request.level ?? 0.95, kind: kind)
        if let texts = request.at, !texts.isEmpty {
            figure.asked = Points(joining: try texts.map { try Points($0, for: law) })
        }
        var made = try figure.figure()
        if let title = request.title { made.title = title }
        return made
    }

    private static func table(_ request: PlotRequest, _ law: Law) throws -> Table {
        if let table = request.table { return try table.read() }
        guard let path = law.fit?.table else { throw WorkbenchError.noRuns(law: law.id) }
        // The law file may have moved together with its table.
        let beside = request.law.lastIndex(of: "/").map { request.law[...$0] + path } ?? Substring(path)
        return try TableSource.path(access(path, R_OK) == 0 ? path : String(beside)).read()
    }

    // What was measured: the left side of the formula, by the names of the table.
    private static func observed(_ law: Law, _ formula: Formula, _ table: Table, _ columns: [String: Formula]) throws
        -> [Double]
    {
        guard let left = formula.response else { throw WorkbenchError.noResponse(law: law.id) }
        if case .symbol(let symbol) = left, let column = columns[symbol.name] {
            return try table.values(of: column.prediction)
        }
        return try table.values(of: left)
    }

    private static func axes(_ request: PlotRequest, _ law: Law, _ points: Points) throws -> (String, String?) {
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        guard let x = request.x ?? numbers.last else { throw WorkbenchError.nothingToDraw(table: law.id) }
        guard numbers.contains(x) else { throw WorkbenchError.unknownChoice(x, option: "--x", choices: numbers) }
        let others = law.inputs.map(\.name).filter { $0 != x }
        if let by = request.by, !others.contains(by) {
            throw WorkbenchError.unknownChoice(by, option: "--by", choices: others)
        }
        return (x, request.by ?? others.first)
    }
}

extension Table {
    // Rows that have all of their numbers.
    fileprivate func wholeRows(_ points: Points, _ observed: [Double]) -> [Int] {
        (0..<rowCount).filter { row in
            observed[row].isFinite
                && points[row].values.values.allSatisfy { value in
                    if case .number(let number) = value { return number.isFinite }
                    return true
                }
        }
    }
}
