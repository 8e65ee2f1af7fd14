// The intervals that a request asks for: which method, of what, from which draws.

import Fitting
import Formulas
import Scaling
import Tables

struct FitUncertainty {
    private let request: FitRequest
    private let method: Uncertainty.Method?
    private let bootstrap: BootstrapRequest?

    /// Reads what the request says, before anything is fitted.
    init(_ request: FitRequest) throws {
        self.request = request
        if let level = request.level, !(level > 0 && level < 1) { throw FitError.badLevel(level) }
        bootstrap = try request.bootstrap.map { text throws(FitError) in try BootstrapRequest(text) }
        method = try request.intervals.map { text in
            try Choice.read(text, "--intervals", Uncertainty.Method.allCases)
        }
        if method == .bootstrap, bootstrap == nil { throw WorkbenchError.intervalsNeedBootstrap }
        if let keep = request.keepDraws {
            if bootstrap == nil { throw WorkbenchError.optionNeedsBootstrap("--keep-draws") }
            if keep < 1 { throw WorkbenchError.badCount(keep, option: "--keep-draws", example: 500) }
        }
        if request.bootstrapGlobally == true, bootstrap == nil {
            throw WorkbenchError.optionNeedsBootstrap("--bootstrap-global")
        }
        if let noise = request.evaluationNoise, !(noise >= 0 && noise.isFinite) {
            throw WorkbenchError.badNoise(noise)
        }
    }

    /// The intervals of a fit.
    ///
    /// - Parameters:
    ///   - law: the law that the fit gives; points are of its inputs.
    ///   - progress: see ``Progress``.
    func answer(_ fit: Fit, law: Law, table: Table, progress: Progress) throws -> Uncertainty {
        var draws: Draws?
        if let bootstrap {
            let kind = try bootstrap.kind(of: fit.problem, in: table)
            let made = Bootstrap(
                kind, replicates: bootstrap.replicates, seed: request.seed ?? 1,
                global: request.bootstrapGlobally ?? false)
            draws = try made.draws(of: fit) { done in
                progress.report(Progress.State(task: "bootstrap", done: done, total: bootstrap.replicates))
            }
        }
        return try Uncertainty(
            fit, level: request.level ?? 0.95, method: method, estimands: try estimands(fit.problem, law),
            draws: draws)
    }

    private func estimands(_ problem: Problem, _ law: Law) throws -> [Estimand] {
        var estimands: [Estimand] = []
        for text in request.profiles ?? [] {
            guard text.hasPrefix("at ") else {
                let formula: Formula
                do { formula = try Formula(ofParameters: text) } catch {
                    throw FitError.formula(error, option: "--profile")
                }
                estimands.append(try Estimand(formula, of: problem))
                continue
            }
            for point in try Points(String(text.dropFirst(3)), for: law) {
                estimands.append(try Estimand(predictionAt: point, of: problem))
            }
        }
        return estimands
    }
}

/// Where a long computation tells how far it is. The engine knows no clock: a face decides what to show and when.
public struct Progress: Sendable {
    public struct State: Hashable, Sendable {
        /// `bootstrap`.
        public let task: String
        public let done: Int
        public let total: Int
    }

    /// Returns true to stop; what is done by then is kept and says so.
    public let report: @Sendable (State) -> Bool

    public init(_ report: @escaping @Sendable (State) -> Bool) { self.report = report }

    /// Shows nothing and never stops.
    public static let silent = Progress { _ in false }
}
