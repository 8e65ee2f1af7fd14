// What a fit gives, as data. Every key is documented in docs/json.md.

import Fitting
import Reports
import Scaling

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
        /// Nil for one that is held.
        @Nullable public var interval: Interval?
        @Nullable public var bound: Limits?
        public var atBound: Bool
        /// `free`, `fixed` or `tied`.
        public var kind: String
    }

    /// A confidence interval at the reply's `level`.
    public struct Interval: Codable, Hashable, Sendable {
        @Nullable public var lower: Double?
        @Nullable public var upper: Double?
        /// What ends it: `data`, `bound`, or `open` where nothing does.
        public var lowerEnd: String
        public var upperEnd: String
    }

    /// A profile likelihood that was asked for.
    public struct ProfileOf: Codable, Hashable, Sendable {
        public struct Point: Codable, Hashable, Sendable {
            public var value: Double
            /// ± √F.
            public var root: Double
            public var objective: Double
            public var parameters: [String: Double]
        }

        public var name: String
        @Nullable public var estimate: Double?
        public var interval: Interval
        public var identified: Bool
        public var complete: Bool
        public var curve: [Point]
    }

    /// What a bootstrap drew.
    public struct BootstrapSummary: Codable, Hashable, Sendable {
        public var kind: String
        public var requested: Int
        public var attempted: Int
        public var draws: Int
        /// Replicates without a refit, by reason.
        public var failures: [String: Int]
        public var leftBasin: Int
        public var interrupted: Bool
        public var seed: UInt64
        public var global: Bool
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
    /// What the noise of a new run is taken from: `residuals`, or how many configurations were run again.
    public var noiseFrom: String
    /// The noise of a new run, on the scale of the residual.
    @Nullable public var runNoise: Double?
    @Nullable public var evaluationNoise: Double?
    /// The probability of all intervals.
    public var level: Double
    /// `profile`, `delta` or `bootstrap`.
    public var intervals: String
    /// What was asked for besides the parameters.
    public var profiles: [ProfileOf]
    @Nullable public var bootstrap: BootstrapSummary?
    /// As typed.
    public var priors: [String]
    /// The share of `objective` that priors cost.
    @Nullable public var priorCost: Double?
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
        _ uncertainty: Uncertainty, _ specification: Specification, tied: [String: Double], kept: Law, law: String?,
        saved: String?
    ) {
        let fit = uncertainty.fit
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
        parameters = Self.parameters(uncertainty, tied)
        level = uncertainty.level
        intervals = uncertainty.method.rawValue
        profiles = uncertainty.profiles.map { ProfileOf($0, names: problem.parameterNames) }
        bootstrap = uncertainty.draws.map(BootstrapSummary.init)
        priors = specification.priors.map(\.description)
        priorCost = specification.priors.isEmpty ? nil : fit.priorCost.finite
        noiseFrom = kept.fit?.noiseSource ?? "residuals"
        runNoise = kept.fit?.noise?.finite
        evaluationNoise = kept.fit?.evaluationNoise
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
        warnings = kept.fit?.warnings ?? fit.warnings
        seed = fit.seed
        domain = Dictionary(
            problem.domain.map {
                ($0.name, Limits(lower: $0.range.lowerBound.finite, upper: $0.range.upperBound.finite))
            }
        ) { first, _ in first }
        self.saved = saved
    }

    private static func parameters(_ uncertainty: Uncertainty, _ tied: [String: Double]) -> [String: Parameter] {
        let fit = uncertainty.fit
        var parameters: [String: Parameter] = [:]
        let errors = fit.standardErrors
        for (position, parameter) in fit.problem.parameters.enumerated() {
            let value = fit.coefficients[position]
            let bound = parameter.bound
            let isHeld = value <= bound.lower || value >= bound.upper
            parameters[parameter.name] = Parameter(
                value: value.finite, standardError: isHeld ? nil : errors?[position].finite,
                interval: uncertainty.intervals[position].map(Interval.init),
                bound: Limits(bound), atBound: isHeld && !bound.isPoint, kind: bound.isPoint ? "fixed" : "free")
        }
        for role in fit.problem.roles {
            switch role.kind {
            case .fixed(let value):
                parameters[role.name] = Parameter(
                    value: value.finite, standardError: nil, interval: nil, bound: nil, atBound: false, kind: "fixed")
            case .tied(let expression):
                parameters[role.name] = Parameter(
                    value: tied[role.name]?.finite, standardError: parameters[expression]?.standardError,
                    interval: parameters[expression]?.interval, bound: nil,
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

extension FitReply.Interval {
    init(_ interval: ConfidenceInterval) {
        lower = interval.lower.value?.finite
        upper = interval.upper.value?.finite
        lowerEnd = interval.lower.word
        upperEnd = interval.upper.word
    }
}

extension ConfidenceInterval.End {
    /// As replies say what ends an interval.
    fileprivate var word: String {
        switch self {
        case .at: "data"
        case .bound: "bound"
        case .unbounded: "open"
        }
    }
}

extension FitReply.ProfileOf {
    init(_ profile: Profile, names: [String]) {
        name = profile.name
        estimate = profile.estimate.finite
        interval = FitReply.Interval(profile.interval)
        identified = profile.isIdentified
        complete = profile.isComplete
        curve = profile.curve.map { point in
            Point(
                value: point.value, root: point.root, objective: point.objective,
                parameters: Dictionary(zip(names, point.parameters)) { first, _ in first })
        }
    }
}

extension FitReply.BootstrapSummary {
    init(_ draws: Draws) {
        kind = draws.kind
        requested = draws.requested
        attempted = draws.attempted
        self.draws = draws.count
        failures = Dictionary(draws.failures.map { ($0.reason, $0.count) }, uniquingKeysWith: +)
        leftBasin = draws.leftBasin
        interrupted = draws.isInterrupted
        seed = draws.seed
        global = draws.isGlobal
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
