// A formula bound to a table: what a fit minimises, over which rows and parameters.

import Formulas
import Tables

/// Why rows were left out, and how many.
public struct Omission: Hashable, Sendable, Codable {
    public let reason: String
    public let count: Int

    public init(reason: String, count: Int) {
        self.reason = reason
        self.count = count
    }
}

/// A free parameter of a problem.
public struct Parameter: Hashable, Sendable {
    /// `alpha`, or `E[C4]` for the value that the label C4 chooses.
    public let name: String
    public let bound: Bound
    /// Where the fit was told to start.
    public let start: Double?
}

/// What a name of the formula turned out to be.
public struct Role: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A column of the table, or an expression of columns.
        case column(String)
        case parameter
        case fixed(Double)
        case tied(String)
    }

    public let name: String
    public let kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// A formula bound to the rows of a table: minimise Σ wᵢ ρ(g(yᵢ) − g(f(xᵢ, θ))) over θ within bounds.
public struct Problem: Sendable {
    public let formula: Formula
    public let loss: Loss
    public let residual: Residual
    public let weightMeaning: WeightMeaning
    /// The free parameters; all vectors and matrices of a fit are in this order.
    public private(set) var parameters: [Parameter]
    /// What each name of the formula stands for, in order of appearance.
    public let roles: [Role]
    /// Rows that are fitted; with frequency weights the sum of the weights.
    public let observations: Double
    /// Rows of the table that are not fitted.
    public let omissions: [Omission]
    /// Doubts that arose while binding.
    public let warnings: [Warning]
    /// The name of the table.
    public let tableName: String
    /// The rows of the table that are fitted.
    public var rows: [Int] { keptRows ?? Array(0..<model.rowCount) }
    /// The smallest and largest value of each column that the formula reads, over the fitted rows.
    public let domain: [(name: String, range: ClosedRange<Double>)]

    /// The name of the formula for a column of the table.
    package func symbol(ofColumn column: String) -> String { model.symbol(ofColumn: column) }

    // Nil where all rows of the table are fitted: a million of them need no list.
    private let keptRows: [Int]?
    package private(set) var model: Model
    /// g(y), one a fitted row.
    package private(set) var response: [Double]
    /// Nil where all weights are 1.
    package private(set) var weights: [Double]?

    /// What is known of parameters beforehand; uniform priors have become bounds.
    public let priors: [Prior]
    /// Fixed values and ties, by the name that stands for them.
    let held: [String: Expression]

    /// What the formula reads from the table: columns and labels, in order of appearance.
    public var inputNames: [String] {
        roles.compactMap { role in
            if case .column = role.kind { return role.name }
            return nil
        }
    }

    /// The parameters' names, in order.
    public var parameterNames: [String] { parameters.map(\.name) }

    /// Binds a specification to a table.
    ///
    /// Rows that lack a needed value, and rows that the condition leaves out, are omitted and counted with their reason.
    ///
    /// - Throws: ``FitError`` for names, options or values that cannot be used.
    public init(_ specification: Specification, table: Table) throws(FitError) {
        var specification = specification
        try Prior.takeBounds(&specification)
        var binder = try Binder(specification, table: table)
        try binder.selectRows()
        let model = try binder.makeModel()
        formula = specification.formula
        loss = specification.loss
        residual = specification.residual
        weightMeaning = specification.weightMeaning
        parameters = binder.parameters
        roles = binder.roles
        observations = binder.observations
        omissions = binder.omissions
        warnings = binder.warnings
        tableName = table.name
        keptRows = binder.keptRows
        domain = binder.domain
        response = binder.response
        weights = binder.weights
        self.model = model
        priors = specification.priors
        held = specification.fixed.mapValues { .number($0) }
            .merging(specification.ties.mapValues(\.prediction)) { fixed, _ in fixed }
    }

    /// The same problem over a resample of its rows, to be searched without the starts that it was given.
    func taking(_ resample: Resample) -> Problem {
        var problem = self
        if let rows = resample.rows { problem.model = model.thinned(to: rows.map { Int($0) }) }
        problem.response = resample.response
        problem.weights = resample.weights
        problem.parameters = parameters.map { Parameter(name: $0.name, bound: $0.bound, start: nil) }
        return problem
    }
}

/// A formula's prediction with its derivatives as a graph over the columns of a problem.
package struct Model: Sendable {
    /// Parameters that stand at one place of the formula: one value, or one a label.
    package struct Family: Sendable {
        package let symbol: Symbol
        package let offset: Int
        package let count: Int
        /// For an indexed family, which of its values each row takes.
        package let codes: [Int32]?

        /// Its positions in the vector of all parameters.
        package var parameters: Range<Int> { offset..<(offset + count) }
    }

    package let graph: Graph
    package let families: [Family]
    /// The name in the formula of each column that goes by another name in the table.
    let symbols: [String: String]
    package let prediction: Graph.Node
    /// ∂f/∂k for each family k.
    package let first: [Graph.Node]
    /// ∂²f/∂k∂l for l ≤ k, nil where it is zero.
    package let second: [[Graph.Node?]]
    package let columns: [[Double]]
    package let rowCount: Int
    package let level: VectorLevel

    init(
        graph: Graph, prediction: Graph.Node, families: [Family], symbols: [String: String], columns: [[Double]],
        rowCount: Int, level: VectorLevel
    ) {
        var graph = graph
        let zero = graph.constant(0)
        var first: [Graph.Node] = []
        var second: [[Graph.Node?]] = []
        for k in families.indices { first.append(graph.derivative(of: prediction, by: .parameter(k))) }
        for k in families.indices {
            second.append(
                (0...k).map { l in
                    let node = graph.derivative(of: first[k], by: .parameter(l))
                    return node == zero ? nil : node
                })
        }
        self.init(
            graph: graph, prediction: prediction, families: families, symbols: symbols, first: first, second: second,
            columns: columns, rowCount: rowCount, level: level)
    }

    init(
        graph: Graph, prediction: Graph.Node, families: [Family], symbols: [String: String], first: [Graph.Node],
        second: [[Graph.Node?]], columns: [[Double]], rowCount: Int, level: VectorLevel
    ) {
        self.symbols = symbols
        self.graph = graph
        self.prediction = prediction
        self.families = families
        self.first = first
        self.second = second
        self.columns = columns
        self.rowCount = rowCount
        self.level = level
    }

    func symbol(ofColumn column: String) -> String { symbols[column] ?? column }

    /// Families that enter the prediction linearly together: f = f₀ + Σ cₖ Φₖ with neither depending on any c.
    package var linearFamilies: [Int] {
        var chosen: [Int] = []
        for k in families.indices where second[k][k] == nil {
            if chosen.allSatisfy({ second[k][$0] == nil }) { chosen.append(k) }
        }
        return chosen
    }

    package func binding(_ program: Program) -> Binding {
        Binding(
            program, columns: columns, rowCount: rowCount, offsets: families.map(\.offset),
            codes: families.map { $0.codes ?? [] })
    }
}
