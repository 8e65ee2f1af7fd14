// What a fit gives, as data. Every key is documented in docs/json.md.

import Fitting
import Reports

/// The result of a fit.
public struct FitReply: Codable, Hashable, Sendable {
    public struct Limits: Codable, Hashable, Sendable {
        @Nullable public var lower: Double?
        @Nullable public var upper: Double?

        public init(lower: Double?, upper: Double?) {
            self.lower = lower
            self.upper = upper
        }
    }

    public struct Parameter: Codable, Hashable, Sendable {
        @Nullable public var value: Double?
        @Nullable public var standardError: Double?
        @Nullable public var bound: Limits?
        public var atBound: Bool
        /// `free`, `fixed` or `tied`.
        public var kind: String
    }

    public struct NameRole: Codable, Hashable, Sendable {
        /// `column`, `parameter`, `fixed` or `tied`.
        public var kind: String
        /// Of a column: its name in the table, or the expression of columns.
        public var column: String?
        /// Of a fixed parameter.
        public var value: Double?
        /// Of a tied parameter.
        public var expression: String?
    }

    public struct Stop: Codable, Hashable, Sendable {
        /// `converged`, `exact`, `corner`, `stalled` or `iteration-limit`.
        public var reason: String
        public var statement: String
        public var converged: Bool
        @Nullable public var value: Double?
        @Nullable public var limit: Double?
        public var iterations: Int
    }

    public struct Start: Codable, Hashable, Sendable {
        public var end: String
        public var count: Int
        @Nullable public var objective: Double?
    }

    public struct OtherMinimum: Codable, Hashable, Sendable {
        public var parameters: [String: Double]
        public var objective: Double
    }

    public var schema: Int
    public var version: String
    public var formula: String
    @Nullable public var law: String?
    public var table: String
    public var loss: String
    public var residual: String
    @Nullable public var weights: String?
    public var weightsAre: String
    @Nullable public var condition: String?
    public var roles: [String: NameRole]
    /// The free parameters in the order of `covariance`.
    public var names: [String]
    public var parameters: [String: Parameter]
    /// Row by row.
    @Nullable public var covariance: [[Double]]?
    @Nullable public var objective: Double?
    public var observations: Double
    public var omitted: [Omission]
    @Nullable public var degreesOfFreedom: Double?
    @Nullable public var noise: Double?
    public var termination: Stop
    public var starts: [Start]
    public var alternatives: [OtherMinimum]
    public var warnings: [Warning]
    public var seed: UInt64
    /// The range of each column that the formula reads, over the fitted rows.
    public var domain: [String: Limits]
    /// The law file that was written.
    @Nullable public var saved: String?
}

extension FitReply {
    init(
        _ fit: Fit, _ specification: Specification, tied: [String: Double], warnings: [Warning], law: String?,
        saved: String?
    ) {
        let problem = fit.problem
        schema = Version.schema
        version = Version.product
        formula = "\(specification.formula)"
        self.law = law
        table = problem.tableName
        loss = "\(problem.loss)"
        residual = problem.residual.rawValue
        weights = specification.weights.map { "\($0)" }
        weightsAre = problem.weightMeaning.rawValue
        condition = specification.condition.map { "\($0)" }
        roles = Dictionary(problem.roles.map { ($0.name, NameRole($0)) }) { first, _ in first }
        names = problem.parameterNames
        parameters = Self.parameters(fit, tied)
        let count = names.count
        covariance = fit.estimates.covariance.map { all in
            (0..<count).map { Array(all[($0 * count)..<(($0 + 1) * count)]) }
        }
        objective = fit.objective.finite
        observations = fit.observations
        omitted = problem.omissions
        degreesOfFreedom = fit.degreesOfFreedom.finite
        noise = fit.noise.finite
        termination = Stop(fit.termination)
        starts = fit.starts.map { Start(end: $0.end, count: $0.count, objective: $0.objective.finite) }
        alternatives = fit.alternatives.map { other in
            OtherMinimum(
                parameters: Dictionary(zip(problem.parameterNames, other.parameters)) { first, _ in first },
                objective: other.objective)
        }
        self.warnings = warnings
        seed = fit.seed
        domain = Dictionary(
            problem.domain.map {
                ($0.name, Limits(lower: $0.range.lowerBound.finite, upper: $0.range.upperBound.finite))
            }
        ) { first, _ in first }
        self.saved = saved
    }

    private static func parameters(_ fit: Fit, _ tied: [String: Double]) -> [String: Parameter] {
        var parameters: [String: Parameter] = [:]
        let errors = fit.standardErrors
        for (position, parameter) in fit.problem.parameters.enumerated() {
            let value = fit.coefficients[position]
            let bound = parameter.bound
            let isHeld = value <= bound.lower || value >= bound.upper
            parameters[parameter.name] = Parameter(
                value: value.finite, standardError: isHeld ? nil : errors?[position].finite,
                bound: Limits(bound), atBound: isHeld && !bound.isPoint, kind: bound.isPoint ? "fixed" : "free")
        }
        for role in fit.problem.roles {
            switch role.kind {
            case .fixed(let value):
                parameters[role.name] = Parameter(
                    value: value.finite, standardError: nil, bound: nil, atBound: false, kind: "fixed")
            case .tied(let expression):
                parameters[role.name] = Parameter(
                    value: tied[role.name]?.finite, standardError: parameters[expression]?.standardError, bound: nil,
                    atBound: false, kind: "tied")
            case .column, .parameter: break
            }
        }
        return parameters
    }
}

extension FitReply.Limits {
    /// The ends of a range, or nil where it has none.
    init?(_ bound: Bound) {
        if bound == .none { return nil }
        self.init(lower: bound.lower.finite, upper: bound.upper.finite)
    }
}

extension FitReply.NameRole {
    init(_ role: Role) {
        switch role.kind {
        case .column(let source):
            let prefix = role.name + " = "
            self.init(
                kind: "column", column: source.hasPrefix(prefix) ? String(source.dropFirst(prefix.count)) : source)
        case .parameter: self.init(kind: "parameter")
        case .fixed(let value): self.init(kind: "fixed", value: value.finite)
        case .tied(let expression): self.init(kind: "tied", expression: expression)
        }
    }
}

extension FitReply.Stop {
    init(_ termination: Termination) {
        self.init(
            reason: termination.reason.rawValue, statement: termination.statement, converged: termination.isConverged,
            value: termination.value.finite, limit: termination.limit.finite, iterations: termination.iterations)
    }
}
