// What a backtest gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Reports
import Scaling

/// How well the smaller runs predicted the larger ones.
public struct BacktestReply: Codable, Hashable, Sendable {
    public struct Cutoff: Codable, Hashable, Sendable {
        @Nullable public var group: String?
        public var factors: [Double]
        public var limit: Double
        public var runs: Int
        public var tests: Int
        public var reach: Double
        @Nullable public var error: Double?
        @Nullable public var bias: Double?
        @Nullable public var plainCoverage: Double?
        @Nullable public var coverage: Double?
        public var converged: Bool
    }

    public struct Band: Codable, Hashable, Sendable {
        public var above: Double
        @Nullable public var upTo: Double?
        public var groups: Int
        public var cutoffs: Int
        public var tests: Int
        @Nullable public var error: Double?
        @Nullable public var bias: Double?
        @Nullable public var plainCoverage: Double?
        @Nullable public var coverage: Double?
    }

    public struct Skipped: Codable, Hashable, Sendable {
        @Nullable public var group: String?
        public var factor: Double
        public var reason: String
    }

    public struct Calibrated: Codable, Hashable, Sendable {
        public var by: String
        public var limit: Double
        public var factor: Double
        public var cutoffs: Int
        public var tests: Int
        @Nullable public var reach: Double?
        public var widening: String
    }

    public var schema: Int
    public var version: String
    public var formula: String
    @Nullable public var law: String?
    public var table: String
    public var residual: String
    public var by: String
    public var level: Double
    public var cutoffs: [Cutoff]
    public var bands: [Band]
    public var skipped: [Skipped]
    /// Of the law of the whole table; nil where the table is split into groups.
    @Nullable public var calibration: Calibrated?
    public var warnings: [Warning]
    @Nullable public var saved: String?
}

extension BacktestReply.Calibrated {
    init(_ calibration: Calibration) {
        by = "\(calibration.scale)"
        limit = calibration.limit
        factor = calibration.factor
        cutoffs = calibration.cutoffs
        tests = calibration.tests
        reach = calibration.reach
        widening = calibration.widening.name
    }
}

extension BacktestReply {
    init(_ found: BacktestFindings, law: String?, saved: String?) {
        schema = Version.schema
        version = Version.product
        formula = "\(found.specification.formula)"
        self.law = law
        table = found.tableName
        residual = found.specification.residual.rawValue
        by = "\(found.scale)"
        level = found.level
        cutoffs = found.groups.flatMap { group in
            group.backtest.cutoffs.compactMap { cutoff in
                guard let all = found.summary([[cutoff]], 1...Double.infinity) else { return nil }
                return Cutoff(
                    group: group.name, factors: cutoff.factors, limit: cutoff.limit, runs: cutoff.runs,
                    tests: all.tests, reach: cutoff.tests.map(\.distance).max() ?? 1, error: all.error.finite,
                    bias: all.bias.finite, plainCoverage: all.plainCoverage, coverage: all.coverage,
                    converged: cutoff.converged)
            }
        }
        bands = found.bands.map { band in
            Band(
                above: band.distances.lowerBound, upTo: band.distances.upperBound.finite, groups: band.groups,
                cutoffs: band.cutoffs, tests: band.tests, error: band.error.finite, bias: band.bias.finite,
                plainCoverage: band.plainCoverage, coverage: band.coverage)
        }
        skipped = found.groups.flatMap { group in
            group.backtest.skipped.map {
                Skipped(group: group.name, factor: $0.factor, reason: $0.reason.words)
            }
        }
        calibration = found.calibration.map(Calibrated.init)
        warnings = found.warnings
        self.saved = saved
    }
}
