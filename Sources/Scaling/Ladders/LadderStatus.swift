// What a ladder has shown so far, and whether to go on.

import Fitting
import Formulas
import Tables

/// A ladder of which some runs have ended.
public struct LadderStatus: Sendable {
    public enum Advice: String, Hashable, Sendable {
        /// Too few runs for a fit.
        case tooEarly = "too-early"
        case goOn = "go-on"
        /// The runs that are left would hardly change the target's interval.
        case enough
        case complete
        /// Runs lie farther from the fit than their noise explains.
        case lawInDoubt = "law-in-doubt"
    }

    public struct Outcome: Hashable, Sendable {
        /// The number of the run, from 1.
        public let number: Int
        public let point: Point
        public let predicted: Double
        public let measured: Double
    }

    public let finished: [Outcome]
    public let left: [Int]
    /// Of those that are left: which ended without a result, and which were begun and have not ended.
    public package(set) var failed: [Int] = []
    public package(set) var begun: [Int] = []
    /// What is doubtful about the results: `diverged-run`, `unreadable-result`.
    public package(set) var notices: [Warning] = []
    /// Where there are enough runs: the fit, and the remaining runs in the order in which they tell most.
    public let fit: Fit?
    public let specification: Specification
    public let law: Law
    public let next: NextRuns?
    /// The numbers of the runs in that order.
    public let order: [Int]
    /// What the target was said to be before the first run, and the standard error that all runs were to give.
    public let promised: NextRuns
    public let advice: Advice

    /// Below this fall of the standard error the remaining runs are not worth their cost.
    public static let worthwhile = 0.1
    /// Residuals of this many times the assumed noise put the law in doubt.
    public static let doubtful = 3.0

    /// Fits what has ended, and asks again.
    ///
    /// - Parameters:
    ///   - measured: the response of each run of the design, in its order; nil where it has not ended.
    /// - Throws: ``ScalingError``, `FitError` as ``ScalingError/next(_:)``.
    public init(_ design: LadderDesign, of law: Law, _ options: LadderOptions, measured: [Double?])
        throws(ScalingError)
    {
        let finished = design.runs.indices.filter { measured[$0] != nil }
        self.finished = finished.map { place in
            Outcome(
                number: place + 1, point: design.runs[place].point, predicted: design.runs[place].predicted,
                measured: measured[place] ?? .nan)
        }
        left = design.runs.indices.filter { measured[$0] == nil }.map { $0 + 1 }
        promised = design.choice
        var specification = try law.specification()
        specification.starts = [:]
        specification.condition = nil
        specification.weights = nil
        self.specification = specification
        let points = try Points(design.runs.map(\.point), for: law)
        guard let symbol = specification.formula.response?.symbols.first,
            finished.count > design.choice.parameters
        else {
            (self.fit, self.next, order, self.law) = (nil, nil, [], law)
            advice = left.isEmpty ? .complete : .tooEarly
            return
        }
        let done = points.taking(finished)
        var columns = done.numbers.sorted { $0.key < $1.key }.map { Column(name: $0.key, numbers: $0.value) }
        columns += done.labels.sorted { $0.key < $1.key }.map { Column(name: $0.key, labels: $0.value.map { $0 }) }
        columns.append(Column(name: symbol.name, numbers: finished.map { measured[$0] ?? .nan }))
        let fit: Fit
        do {
            fit = try Fit(try Problem(specification, table: Table(name: "ladder", columns: columns)))
        } catch {
            throw .next(.cannotBind(law: law.id, problem: "\(error)"))
        }
        let own = Law(fit, specification: specification, of: law, id: law.id, title: law.title, version: "")
        (self.fit, self.law) = (fit, own)
        let rest = design.runs.indices.filter { measured[$0] == nil }
        guard !rest.isEmpty else {
            var asked = options.next
            asked.candidates = points.taking([design.runs.count - 1])
            (asked.spend, asked.largest) = (nil, nil)
            self.next = try NextRuns(fit, law: own, runs: done, asked)
            (order, advice) = ([], .complete)
            return
        }
        var asked = options.next
        asked.candidates = points.taking(rest)
        (asked.spend, asked.largest) = (nil, nil)
        asked.most = rest.count
        asked.rule = .usual
        let next = try NextRuns(fit, law: own, runs: done, asked)
        self.next = next
        order = next.purchases.map { rest[$0.candidate] + 1 }
        let noise = design.choice.noise.value
        if fit.degreesOfFreedom >= 2, fit.noise > Self.doubtful * noise {
            advice = .lawInDoubt
        } else {
            advice =
                next.atBest.standardError < (1 - Self.worthwhile) * next.now.standardError ? .goOn : .enough
        }
    }
}
