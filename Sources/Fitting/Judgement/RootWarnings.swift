// What is doubtful about laws that an equation defines: rows without a root, or with several.

import Formulas

extension Warning {
    /// One warning for each reason why equations have no single root.
    ///
    /// - Parameters:
    ///   - report: how many roots are missing or doubtful.
    ///   - what: what they were looked for at: `240 rows`, `1 point`.
    package static func roots(_ report: RootReport, of what: String) -> [Warning] {
        func warning(_ code: String, _ count: Int, _ message: String, _ hint: String) -> Warning? {
            count == 0 ? nil : Warning(code: code, message: "\(message) at \(count) of \(what)", hint: hint)
        }
        return [
            warning(
                "no-root", report.withoutRoot, "'solve' has no root between its ends, or an even number of them,",
                "widen the range, or ask where the law has a value"),
            warning(
                "several-roots", report.several, "'solve' has more than one root between its ends",
                "narrow the range to the root that is meant"),
            warning(
                "equation-undefined", report.undefined, "the equation of 'solve' is not a number",
                "choose ends inside of which both sides are defined, the smaller one first"),
            warning(
                "root-not-found", report.notConverged, "the search for the root of 'solve' did not end",
                "narrow the range"),
        ].compactMap(\.self)
    }

    /// What is doubtful about the roots of a fitted model at its estimates.
    static func roots(of problem: Problem, at parameters: [Double]) -> [Warning] {
        let model = problem.model
        let program = Program(model.graph, outputs: [model.prediction], level: model.level)
        let workspace = Workspace(model.binding(program))
        workspace.countsRoots = true
        return parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress, program.solvesEquations else { return [] }
            workspace.begin(base)
            _ = workspace.values(rowCount: model.rowCount)
            return roots(workspace.roots, of: "\(model.rowCount) rows")
        }
    }
}
