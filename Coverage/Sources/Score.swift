// How often the intervals of one method held the truth in one cell.

import Formulas

/// The tally of one recipe and method over the worlds of a cell.
public struct Score: Hashable, Sendable {
    /// What became of one target.
    public struct Tally: Hashable, Sendable {
        public let name: String
        public fileprivate(set) var worlds = 0
        public fileprivate(set) var held = 0
        /// Not identified, an end missing, or an end at a bound.
        public fileprivate(set) var open = 0
        /// "Not identified" alone.
        public fileprivate(set) var notIdentified = 0
        public fileprivate(set) var failures = 0
        fileprivate var widths: [Double] = []

        /// The share of worlds in which the interval held the truth.
        public var coverage: Double { Double(held) / Double(worlds) }
        /// √(c(1 − c)/worlds).
        public var standardError: Double { (coverage * (1 - coverage) / Double(worlds)).squareRoot() }
        public var openShare: Double { Double(open) / Double(worlds) }
        public var notIdentifiedShare: Double { Double(notIdentified) / Double(worlds) }
        /// The median of width over true value, infinite where most intervals lack an end.
        public var medianWidth: Double {
            let sorted = widths.sorted()
            return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
        }
    }

    public let cell: Cell
    public let recipe: String
    public let method: String
    public private(set) var tallies: [Tally]
    /// Worlds whose fit threw an error.
    public private(set) var unfitted = 0
    /// Worlds whose fit did not meet its convergence test.
    public private(set) var unconverged = 0
    /// Time spent in the method, the fit apart.
    public private(set) var seconds = 0.0

    init(cell: Cell, recipe: String, method: String) {
        self.cell = cell
        self.recipe = recipe
        self.method = method
        tallies = Target.names.map { Tally(name: $0) }
    }

    mutating func add(_ outcome: Outcome, _ targets: [Target]) {
        if outcome.answers.isEmpty { unfitted += 1 }
        if !outcome.isConverged { unconverged += 1 }
        seconds += outcome.seconds
        for (index, target) in targets.enumerated() {
            let answer = outcome.answers.isEmpty ? .failed : outcome.answers[index]
            tallies[index].worlds += 1
            if answer.holds(target.truth) { tallies[index].held += 1 }
            if answer.isOpen { tallies[index].open += 1 }
            switch answer {
            case .notIdentified: tallies[index].notIdentified += 1
            case .failed, .unfinished: tallies[index].failures += 1
            case .interval: break
            }
            let width = answer.width / target.truth
            if !width.isNaN { tallies[index].widths.append(width) }
        }
    }

    /// Coverage over all targets together.
    public var pooled: Double {
        Double(tallies.reduce(0) { $0 + $1.held }) / Double(tallies.reduce(0) { $0 + $1.worlds })
    }
}

/// What one method said of one world.
struct Outcome: Sendable {
    /// Empty where the fit itself failed.
    var answers: [Answer] = []
    var isConverged = false
    var seconds = 0.0
}
