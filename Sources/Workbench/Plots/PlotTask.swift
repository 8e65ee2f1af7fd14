// The figure of laws in two steps.

import Formulas
import Reports
import Scaling
import Tables

enum PlotTask {
    static func task(_ request: PlotRequest) throws -> Picture {
        let law = try PlotSubject.law(request)
        guard let chain = try ChainSteps.chain(law, through: request.through, atlas: request.atlas) else {
            throw WorkbenchError.plot(.noSteps(law: law.id, inputs: law.inputs.map(\.name)))
        }
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let subject = try PlotSubject.ifThere(request, law)
        var asked: Points?
        if let texts = request.at, !texts.isEmpty {
            asked = Points(joining: try texts.map { try Points($0, for: chain.asked) })
        }
        let given = try FitSpecification.formulas(request.columns, "--column")
        if let subject { try ChainSteps.check(given, chain, subject.table) }
        let sizes = subject.flatMap { self.sizes(chain, $0.table, given) }
        if asked == nil, sizes == nil {
            throw WorkbenchError.plot(.noSizes(law: law.id, inputs: chain.asked.inputs.map(\.name)))
        }
        return try TaskFigure(
            chain, runs: subject?.runs, sizes: sizes, asked: asked, set: request.set, level: request.level ?? 0.95,
            kind: kind
        ).picture()
    }

    /// The rows of the last law's table as points of the chain; nil where the table does not say how large its runs are.
    static func sizes(_ chain: Chain, _ table: Table, _ given: [String: Formula]) -> Points? {
        try? Points(table, for: chain.asked, columns: ChainSteps.columns(chain, table, given: given))
    }
}
