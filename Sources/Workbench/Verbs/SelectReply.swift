// What a selection gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Reports
import Scaling

/// Laws ranked by their skill at extrapolating, and their average.
public struct SelectReply: Codable, Hashable, Sendable {
    public struct Rank: Codable, Hashable, Sendable {
        public var law: String
        public var formula: String
        public var parameters: Int
        @Nullable public var error: Double?
        @Nullable public var behind: Double?
        @Nullable public var standardError: Double?
        @Nullable public var aicc: Double?
        public var bic: Double
        @Nullable public var leaveOneOut: Double?
        public var weight: Double
        public var estimates: [String: Double]
        public var converged: Bool
    }

    public struct Average: Codable, Hashable, Sendable {
        public var inputs: [String: PredictReply.Input]
        @Nullable public var value: Double?
        @Nullable public var spread: Double?
        @Nullable public var interval: PredictReply.Ends?
        public var level: Double
        public var values: [Nullable<Double>]
    }

    public struct LeftOut: Codable, Hashable, Sendable {
        public var law: String
        public var reason: String
    }

    public var schema: Int
    public var version: String
    public var table: String
    public var by: String
    public var residual: String
    public var cutoffs: Int
    public var ranks: [Rank]
    public var leftOut: [LeftOut]
    public var interval: String
    public var intervalsHold: [String]
    public var averages: [Average]
    public var warnings: [Warning]
    @Nullable public var saved: String?
}

extension SelectReply {
    init(_ found: SelectionFindings) {
        schema = Version.schema
        version = Version.product
        table = found.tableName
        by = "\(found.scale)"
        residual = found.residual.rawValue
        cutoffs = found.selection.cutoffs
        ranks = zip(found.selection.ranks, found.leaveOneOut).map { Rank($0, leaveOneOut: $1) }
        leftOut = found.leftOut.map { LeftOut(law: $0.law, reason: $0.reason) }
        interval = found.kind.word
        intervalsHold = found.doubts.map(\.rawValue)
        averages = found.averages.map { average in
            Average(
                inputs: average.point.values.mapValues { value in
                    switch value {
                    case .number(let number): number.isFinite ? .number(number) : .missing
                    case .label(let label): .label(label)
                    }
                }, value: average.value.finite, spread: average.spread.finite,
                interval: average.interval.map { PredictReply.Ends(lower: $0.lower, upper: $0.upper) },
                level: found.level, values: average.values.map { Nullable(wrappedValue: $0.finite) })
        }
        warnings = found.warnings
        saved = found.saved
    }
}

extension SelectReply.Rank {
    init(_ rank: Selection.Rank, leaveOneOut: Double?) {
        let candidate = rank.candidate
        law = candidate.name
        formula = "\(candidate.specification.formula)"
        parameters = candidate.fit.problem.parameters.count
        error = rank.error?.finite
        behind = rank.behind?.finite
        standardError = rank.standardError?.finite
        aicc = candidate.correctedAkaike.finite
        bic = candidate.bayesian
        self.leaveOneOut = leaveOneOut?.finite
        weight = rank.weight
        estimates = Dictionary(zip(candidate.fit.estimates.names, candidate.fit.coefficients)) { first, _ in first }
        converged = candidate.fit.termination.isConverged
    }
}
