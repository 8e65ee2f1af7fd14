// All that a report tells of a law: what was asked, what answers it, and what speaks for and against it.

import Fitting
import Formulas
import Scaling

/// What a report is made of.
public struct Study: Sendable {
    /// A part that was not made, with the reason.
    public struct Absence: Hashable, Sendable {
        public let part: String
        public let reason: String

        public init(_ part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }

    /// Another law, which is shown beside.
    public struct Beside: Sendable {
        public var law: Law
        /// What it stands for beside a law in steps; nil beside a law alone, and where it answers nothing of the steps.
        public var alternative: Chain.Alternative?
        /// At the points of the study.
        public var predictions: Predictions?
        /// Why it has no value there, though it is asked the same question; nil where it has.
        public var lack: String?
        /// For the budget or the target of the study.
        public var plan: Plan?

        public init(law: Law) { self.law = law }
    }

    /// A part of the page that a figure belongs to.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// Below the first numbers.
        case answer
        case law, plan, next, backtest, sensitivity
    }

    /// The law that answers: published, or as it was fitted.
    public var law: Law
    /// The published law whose form was fitted; nil for a formula of one's own.
    public var source: Law?
    /// The law behind laws that predict its inputs; nil for a law alone.
    public var chain: Chain?
    public var beside: Beside?
    /// One line above everything; the law's title unless given.
    public var title: String?
    /// What was asked, in the words of whoever asked; told from the points and the budget unless given.
    public var question: String?
    /// The fit bound to its table; nil where the runs are not at hand.
    public var problem: Problem?
    public var predictions: Predictions?
    public var plan: Plan?
    public var time: PlanTime?
    /// Whether the points and the budget were asked for, rather than taken from the largest run.
    public var isAsked = true
    public var plates: [(part: Part, plate: Report.Plate)] = []
    public var next: Report?
    public var backtest: Report?
    public var sensitivity: Report?
    public var absences: [Absence] = []
    /// Whether the backtest of this report widened the intervals of its predictions.
    public var isCalibratedHere = false
    /// What was typed.
    public var command: String?
    /// Of the product.
    public var version: String

    public init(_ law: Law, version: String) {
        self.law = law
        self.version = version
    }

    /// What predictions are shown with: the law's inputs, those of the steps before it among them.
    var shown: Law { chain?.shown ?? law }

    /// The response's name: `loss`.
    var response: String { law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "the value" }
}

extension Report {
    /// The report of a law, from the answer to the references.
    public static func study(_ study: Study) -> Report { StudyPage(study: study).report }
}
