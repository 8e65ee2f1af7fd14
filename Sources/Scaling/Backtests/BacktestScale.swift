// What says how large a run is: compute where the law has it, or what the user names.

import Fitting
import Formulas
import Tables

/// The quantity that a backtest cuts by.
public struct BacktestScale: Hashable, Sendable {
    /// In the names of the law where it can be, else in columns of the table.
    public let formula: Formula
    /// Whether its names are inputs of the law, so that a prediction can compute it.
    public let isOfInputs: Bool
    /// One value a row of the table.
    public let values: [Double]
    /// What counts as a size of model: N where the law has it, else the scale itself.
    public let sizes: [Double]

    /// Reads the quantity off a table.
    ///
    /// Without a formula it is C where the law has that input, 6·N·D where it has both, its one number otherwise.
    ///
    /// - Parameters:
    ///   - specification: names as the fit uses them; its column options hold here too.
    ///   - formula: what the user named: a column, an input, or an expression of them.
    /// - Throws: ``ScalingError/noScale(inputs:)`` where the law has several inputs and none of these,
    ///   ``ScalingError/noColumn(_:unit:table:header:)``.
    public init(_ specification: Specification, problem: Problem, table: Table, formula: Formula? = nil)
        throws(ScalingError)
    {
        let inputs = problem.inputNames
        let chosen: Formula
        if let formula { chosen = formula } else { chosen = try Self.usual(inputs) }
        let names = Set(chosen.prediction.symbols.map(\.name))
        isOfInputs = names.allSatisfy { inputs.contains($0) }
        self.formula = chosen
        do {
            // What an option says a name stands for comes before a column of that name.
            var full = table
            for (name, source) in specification.columns.sorted(by: { $0.key < $1.key })
            where names.contains(name) || name == "N" {
                full = full.adding(column: Column(name: name, numbers: try table.values(of: source.prediction)))
            }
            if let missing = names.filter({ full[$0] == nil }).min() {
                throw ScalingError.noColumn(
                    missing, unit: nil, table: table.name, header: table.columns.map(\.name))
            }
            values = try full.values(of: chosen.prediction)
            let hasSize = inputs.contains("N") && full["N"] != nil
            sizes = hasSize ? try full.numbers("N") : values
        } catch let error as TableError {
            throw .table(error)
        } catch let error as ScalingError {
            throw error
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// A quantity whose values are known, and which no law reads.
    package init(formula: Formula, values: [Double], sizes: [Double]) {
        (self.formula, self.values, self.sizes, isOfInputs) = (formula, values, sizes, false)
    }

    /// The places among `rows` of those that a cutoff can compare: above zero, and finite.
    package func usable(_ rows: [Int]) -> [Int] {
        rows.indices.filter { values[rows[$0]] > 0 && values[rows[$0]].isFinite }
    }

    private static func usual(_ inputs: [String]) throws(ScalingError) -> Formula {
        let text: String
        if inputs.contains("C") {
            text = "C"
        } else if inputs.contains("N"), inputs.contains("D") {
            text = "6 * N * D"
        } else if inputs.count == 1 {
            text = "\(Symbol(inputs[0]))"
        } else {
            throw .noScale(inputs: inputs)
        }
        guard let formula = try? Formula(text) else { preconditionFailure("a name is a formula") }
        return formula
    }
}
