// What a look at the firmness of an answer gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Scaling

/// What an answer hangs on.
public struct SensitivityReply: Codable, Hashable, Sendable {
    public struct OneAnswer: Codable, Hashable, Sendable {
        public var name: String
        @Nullable public var estimate: Double?
        public var interval: FitReply.Interval
        @Nullable public var standardError: Double?
        /// The least and the largest value of all other ways to fit that converged.
        @Nullable public var lowest: Double?
        @Nullable public var highest: Double?
    }

    public struct Alternative: Codable, Hashable, Sendable {
        /// `loss`, `exclusion`, `counting`, `start` or `minimum`.
        public var kind: String
        public var name: String
        public var observations: Double
        /// In the order of `answers`.
        public var estimates: [Nullable<Double>]
        public var converged: Bool
        @Nullable public var failure: String?
    }

    public struct Run: Codable, Hashable, Sendable {
        public var name: String
        /// Rows of the table, counted from 0.
        public var rows: [Int]
        @Nullable public var residual: Double?
        /// The answers without it less those with it, in the order of `answers`.
        public var shifts: [Nullable<Double>]
        /// The largest shift in standard errors.
        @Nullable public var size: Double?
        @Nullable public var failure: String?
    }

    public struct RunSet: Codable, Hashable, Sendable {
        public var answer: String
        /// `lower` or `higher`: where the answer goes without them.
        public var direction: String
        public var names: [String]
        public var rows: [[Int]]
        /// The answer after each of them was left out.
        public var estimates: [Double]
    }

    public struct Outlier: Codable, Hashable, Sendable {
        public var name: String
        public var row: Int
        public var residual: Double
        public var deviate: Double
        public var threshold: Double
        /// The answers without it and all before it.
        public var estimates: [Nullable<Double>]
    }

    public var schema: Int
    public var version: String
    public var formula: String
    @Nullable public var law: String?
    public var table: String
    public var loss: String
    public var residual: String
    public var observations: Double
    public var omitted: [Omission]
    public var parameters: [String: Double]
    public var level: Double
    public var answers: [OneAnswer]
    public var alternatives: [Alternative]
    @Nullable public var group: String?
    /// The most influential first.
    public var runs: [Run]
    /// Runs that a linear estimate found to matter less, and that were not refitted.
    public var passedOver: Int
    public var sets: [RunSet]
    public var outliers: [Outlier]
    public var warnings: [Warning]
    public var seed: UInt64
}

extension SensitivityReply {
    init(_ made: Sensitivity, _ specification: Specification, law: String?) {
        let problem = made.fit.problem
        schema = Version.schema
        version = Version.product
        formula = "\(specification.formula)"
        self.law = law
        table = problem.tableName
        loss = "\(problem.loss)"
        residual = problem.residual.rawValue
        observations = made.fit.observations
        omitted = problem.omissions
        parameters = Dictionary(zip(problem.parameterNames, made.fit.coefficients)) { first, _ in first }
        level = made.level
        answers = made.answers.enumerated().map { place, answer in
            let range = made.range(ofAnswer: place)
            return OneAnswer(
                name: answer.name, estimate: answer.estimate.finite, interval: FitReply.Interval(answer.interval),
                standardError: answer.standardError?.finite, lowest: range?.lowest.value,
                highest: range?.highest.value)
        }
        alternatives = made.alternatives.map { other in
            Alternative(
                kind: other.kind, name: other.name, observations: other.observations,
                estimates: other.values.map { Nullable(wrappedValue: $0?.finite) }, converged: other.isConverged,
                failure: other.failure)
        }
        group = made.group
        runs = made.runs.map { run in
            Run(
                name: run.name, rows: run.rows, residual: run.residual?.finite,
                shifts: run.shifts.map { Nullable(wrappedValue: $0?.finite) }, size: run.size.finite,
                failure: run.failure)
        }
        passedOver = made.passedOver
        sets = made.sets.map { set in
            RunSet(
                answer: made.answers[set.answer].name, direction: set.isLowering ? "lower" : "higher",
                names: set.names, rows: set.rows, estimates: set.values)
        }
        outliers = made.outliers.map { outlier in
            Outlier(
                name: outlier.name, row: outlier.row, residual: outlier.residual, deviate: outlier.deviate,
                threshold: outlier.threshold,
                estimates: outlier.values.map { Nullable(wrappedValue: $0?.finite) })
        }
        warnings = made.warnings
        seed = made.fit.seed
    }
}
