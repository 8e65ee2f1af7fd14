// What is decided about runs before they become a table.

import Tables

/// The decisions of a reading, each with its default.
public struct RunChoices: Sendable {
    /// One row a step instead of one row a run.
    public var isOfCurves = false
    /// The series that is the loss, or several that stand for one another; nil looks for the usual names.
    public var losses: [String]?
    /// How the final loss is taken; more than one give a column each, the first of them also `loss`.
    public var finals: [FinalLoss] = [.last]
    /// States of runs that are kept although they did not end: `interrupted`, `diverged`.
    public var included: Set<String> = []
    /// The setting that a quantity is taken from, by the quantity's name.
    public var taken: [String: String] = [:]
    /// Values of settings, for all runs, against what the logs say.
    public var set: [(key: String, value: String)] = []
    /// Settings that become columns: nil for those that differ between runs.
    public var kept: [String]?
    /// Further series that become columns of curves.
    public var series: [String] = []

    public init() {}

    /// The states that may be included.
    public static let states = ["diverged", "interrupted"]
}

/// What can be wrong with a reading.
public enum ReadingFault: Equatable, Sendable {
    /// No run has the series; `known` are those that runs have.
    case unknownSeries(String, known: [String])
    /// No usual name of a loss, and none that alone speaks of one.
    case noLoss(known: [String])
    /// Rows of steps were asked for, and no run has a series; so many have a row of results.
    case noCurves(runs: Int)
    /// No run is left; each with its reason.
    case nothingLeft([String])
    case unknownQuantity(String, option: String)
    case badValue(String, quantity: String)
    case unknownSetting(String, option: String, known: [String])
}
