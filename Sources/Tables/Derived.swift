// Expressions over the columns of a table: derived columns, conditions, weights.

import Formulas

extension Table {
    /// The value of `expression` on every row; names are columns, after `aliases` were applied to them.
    ///
    /// - Throws: ``TableError`` for a name that is no column or a column of text where numbers are needed.
    package func values(of expression: Expression, aliases: [String: String] = [:]) throws(TableError) -> [Double] {
        var lowering = Lowering { symbol in
            .input(.column(aliases[symbol.name] ?? symbol.name), positive: false)
        }
        let node: Graph.Node
        do {
            node = try lowering.lower(expression)
        } catch LoweringError.unresolvedLaw(let name) {
            throw .lawInExpression(name)
        } catch {
            throw .textInExpression("\(expression)")
        }
        guard lowering.graph.curves.isEmpty else { throw .scheduleInExpression("\(expression)") }
        let program = Program(lowering.graph, outputs: [node])
        var columns: [[Double]] = []
        for input in program.inputs { columns.append(try values(of: input, aliases: aliases)) }
        return program.values(columns: columns, rowCount: rowCount)
    }

    /// The numbers that a leaf of a program reads.
    package func values(of input: Graph.Input, aliases: [String: String] = [:]) throws(TableError) -> [Double] {
        switch input {
        case .column(let name): return try numbers(name)
        case .indicator(let name, let label):
            let labels = try column(aliases[name] ?? name).labels()
            let wanted = labels.names.firstIndex(of: label).map(Int32.init) ?? -2
            return labels.codes.map { $0 == wanted ? 1 : 0 }
        case .schedule(let name, let known):
            let labels = try column(aliases[name] ?? name).labels()
            let codes = labels.names.map { label in Double(known.firstIndex(of: label) ?? -1) }
            return labels.codes.map { $0 < 0 ? -1 : codes[Int($0)] }
        }
    }
}
