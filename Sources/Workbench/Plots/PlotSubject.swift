// What figures of a law are about: the law, and the runs that it was fitted to.

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

struct PlotSubject {
    let law: Law
    let table: Table
    let runs: FigureRuns

    /// The law that a request names.
    static func law(_ request: PlotRequest) throws -> Law {
        guard let name = request.law else { throw WorkbenchError.plot(.noLaw(kind: request.kind)) }
        let law = try Law.load(name, atlas: try AtlasSource.atlas(request.atlas))
        if law.formula == nil { throw law.noFormula }
        return law
    }

    init(law: Law, table: Table, runs: FigureRuns) { (self.law, self.table, self.runs) = (law, table, runs) }

    init(_ request: PlotRequest, _ law: Law) throws {
        guard let formula = law.formula else { throw law.noFormula }
        let table = try Self.table(request, law)
        let given = try FitSpecification.formulas(request.columns, "--column")
        let columns = given.merging(FitSpecification.keptColumns(law, table, besides: given)) { given, _ in given }
        let points = try Points(table, for: law, columns: columns)
        let observed = try Self.observed(law, formula, table, columns)
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
        (self.law, self.table) = (law, table)
        runs = FigureRuns(points: points, observed: observed, fitted: fitted, others: others)
    }

    /// Nil for a published law without a table.
    static func ifThere(_ request: PlotRequest, _ law: Law) throws -> PlotSubject? {
        if request.table == nil, law.fit == nil { return nil }
        return try PlotSubject(request, law)
    }

    /// The table of a request, or that which the law was fitted to.
    static func source(_ request: PlotRequest, _ law: Law) throws -> TableSource {
        if let table = request.table { return table }
        guard let path = law.fit?.table else { throw WorkbenchError.noRuns(law: law.id) }
        // The law file may have moved together with its table.
        let name = request.law ?? ""
        let beside = name.lastIndex(of: "/").map { name[...$0] + path } ?? Substring(path)
        return .path(access(path, R_OK) == 0 ? path : String(beside))
    }

    private static func table(_ request: PlotRequest, _ law: Law) throws -> Table {
        try source(request, law).read()
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
