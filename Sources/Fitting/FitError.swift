// What can be wrong with a request to fit, as data. The wording is in FitMessages.swift.

import Formulas
import Tables

/// A fault in what was asked of a fit. A fit that ends badly is no fault: it is a value with warnings.
public enum FitError: Error, Sendable {
    case formula(FormulaError, option: String)
    case table(TableError)
    case noResponse(formula: String)
    case responseNotAColumn(name: String, table: String, header: [String])
    /// Parameters beside the measured column left of `~`; `implicit` is the same law as an equation for that column.
    case twoSided(parameters: [String], measured: String, implicit: String)
    case nearMiss(parameter: String, column: String, table: String, header: [String])
    case lawNeedsInput(name: String, unit: String, suggestion: String?, table: String, header: [String])
    case columnIndexed(name: String)
    case indexNotAColumn(index: String, symbol: String, table: String, header: [String])
    case unknownParameter(name: String, option: String, parameters: [String])
    case unknownColumnOption(name: String, symbols: [String])
    case unusableOption(String, value: String, reason: String)
    case startOutsideBound(name: String, start: Double, bound: Bound)
    case tieCycle(name: String)
    case estimandNeedsInput(name: String, inputs: [String])
    case badPrior(String, reason: String)
    case badLevel(Double)
    case nothingToFit(formula: String)
    case responseOutsideScale(Residual, value: Double, column: String, place: String)
    case badWeight(Double, place: String)
    case noRows(table: String, omissions: [Omission])
    case notFiniteAtStart(names: [String])
    case nowhereFinite
}
