// The limits that a default method is held to, and where a set of scores breaks them.

import Formulas

/// Limits of coverage in per cent, for a nominal level of 90 %.
public struct Bars: Hashable, Sendable {
    /// For each number of an identified cell.
    public let number: ClosedRange<Double>
    /// For the mean over all numbers of the identified cells.
    public let mean: ClosedRange<Double>
    /// For each number of a near-collinear cell, and the loss along the ray of a collinear one.
    public let nearCollinear: ClosedRange<Double>
    /// The least share of collinear worlds in which the parameters and N* are said to be open.
    public let open: Double
    /// The largest share of identified worlds in which a number is said not to be identified.
    public let wrongly: Double

    /// Of the full scoring.
    public static let full = Bars(
        number: 86...94, mean: 88.5...91.5, nearCollinear: 86...97, open: 95, wrongly: 2)
    /// Of a scoring with 200 worlds a cell, whose own error is 2 %.
    public static let short = Bars(
        number: 82...97, mean: 87...93, nearCollinear: 82...99, open: 92, wrongly: 4)

    /// Every limit that scores of one recipe and method break, in words; empty where they keep them all.
    public func broken(by scores: [Score]) -> [String] {
        var faults: [String] = []
        for score in scores {
            for tally in score.tallies {
                switch expectation(score.cell.design, tally.name) {
                case .open:
                    if 100 * tally.openShare < open {
                        faults.append("\(score.cell.name) \(tally.name): open in \(Self.percent(tally.openShare))")
                    }
                case .coverage(let limits):
                    if !limits.contains(100 * tally.coverage) {
                        faults.append("\(score.cell.name) \(tally.name): \(Self.percent(tally.coverage))")
                    }
                case .nothing: break
                }
                if score.cell.design != .collinear, 100 * tally.notIdentifiedShare > wrongly {
                    faults.append(
                        "\(score.cell.name) \(tally.name): wrongly not identified in "
                            + Self.percent(tally.notIdentifiedShare))
                }
            }
        }
        if let pooled = Self.mean(of: scores), !mean.contains(100 * pooled) {
            faults.append("mean over identified cells: \(Self.percent(pooled))")
        }
        return faults
    }

    /// What is asked of a number.
    enum Expectation {
        case coverage(ClosedRange<Double>)
        /// That its interval be said to be open.
        case open
        case nothing
    }

    func expectation(_ design: Design, _ target: String) -> Expectation {
        switch design {
        case .isoFLOP, .random: .coverage(number)
        case .nearCollinear: .coverage(nearCollinear)
        // The floor has a limit from below and none from above where one power law does the work of two.
        case .collinear: target == "loss" ? .coverage(nearCollinear) : target == "E" ? .nothing : .open
        }
    }

    /// The mean coverage over the numbers of the isoFLOP and random cells, or nil without any.
    public static func mean(of scores: [Score]) -> Double? {
        let pooled = scores.filter { [.isoFLOP, .random].contains($0.cell.design) }.map(\.pooled)
        return pooled.isEmpty ? nil : pooled.reduce(0, +) / Double(pooled.count)
    }

    static func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) + " %" }
}
