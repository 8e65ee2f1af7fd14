// The terms of a sum, and whether one of them still says anything.

import Formulas

/// The terms that a model's prediction adds up.
struct Terms {
    private let model: Model
    private let terms: [Graph.Node]
    /// Runs the prediction and then each term; nil where there is one term only.
    private let workspace: Workspace?

    /// A term below this share of the prediction on every row has vanished.
    private static let negligible = 1e-8

    init(_ model: Model) {
        self.model = model.thinned
        terms = model.graph.terms(of: model.prediction)
        workspace =
            terms.count > 1
            ? Workspace(
                self.model.binding(
                    Program(model.graph, outputs: [model.prediction] + terms, level: model.level))) : nil
    }

    /// The names of the columns, or failing these the parameters, of each term that adds nothing on any row.
    func vanished(_ parameters: [Double]) -> [String] {
        guard let workspace else { return [] }
        var share = [Double](repeating: 0, count: terms.count)
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: model.rowCount, by: Program.blockSize) {
                let count = min(Program.blockSize, model.rowCount - start)
                workspace.run(from: start, count: count)
                for k in terms.indices {
                    for row in 0..<count {
                        let term = workspace.scale(k + 1) * (workspace.rows(k + 1)?[row] ?? 1)
                        let whole = workspace.scale(0) * (workspace.rows(0)?[row] ?? 1)
                        share[k] = max(share[k], (term / whole).magnitude)
                    }
                }
            }
        }
        return terms.indices.filter { share[$0] < Self.negligible }.map { name(terms[$0]) }
    }

    private func name(_ term: Graph.Node) -> String {
        let leaves = model.graph.leaves(of: term)
        let columns = leaves.inputs.map { input in
            switch input {
            case .column(let name): model.symbol(ofColumn: name)
            case .indicator(let name, _), .schedule(let name, _): name
            }
        }
        let families = leaves.families.map { model.families[$0].symbol.description }
        return columns.isEmpty ? families.joined(separator: ", ") : columns.joined(separator: ", ")
    }
}
