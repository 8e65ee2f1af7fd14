// What is said of a target now is what the rest of the product says of it, and what is promised is what a fit then has.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

@Suite struct RunAgreementTests {
    /// A fit as `allometry fit --save` leaves it.
    private func saved(
        _ ladder: Ladder = .grid, loss: Loss = .squared, residual: Residual = .log, draws: Int? = nil
    ) throws -> (fit: Fit, law: Law, runs: Points) {
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        (specification.residual, specification.loss) = (residual, loss)
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
        let table = ladder.table()
        let fit = try Fit(try Problem(specification, table: table))
        var law = Law(fit, specification: specification, id: "mine", title: "", version: "")
        let drawn = try draws.map { try Bootstrap(.parametric, replicates: $0, seed: 1).draws(of: fit) }
        law.take(try Uncertainty(fit, method: .delta, draws: drawn))
        return (fit, law, try Points(table, for: law))
    }

    private func options(_ target: String, _ law: Law) throws -> NextOptions {
        NextOptions(try RunTarget(target, for: law), cost: try RunCost(nil, for: law))
    }

    private func agree(_ interval: ConfidenceInterval?, _ lower: Double?, _ upper: Double?) -> Bool {
        guard let low = interval?.lower.value, let high = interval?.upper.value, let lower, let upper else {
            return false
        }
        return (low / lower - 1).magnitude < 1e-9 && (high / upper - 1).magnitude < 1e-9
    }

    @Test(arguments: [
        (Loss.squared, Residual.log), (.squared, .raw), (.huber(1e-3), .log), (.absolute, .log), (.huber(0.01), .raw),
    ])
    func `now is what predict says, whatever the loss`(_ loss: Loss, _ residual: Residual) throws {
        let (fit, law, runs) = try saved(loss: loss, residual: residual)
        let predicted = try law.predict(at: ["N": 3e9, "D": 6e10], level: 0.9)
        var asked = try options("loss at N=3B, D=60B", law)
        asked.level = 0.9
        let next = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(next.value == predicted.value)
        #expect(next.intervalOrigin == .delta)
        #expect(agree(next.now.interval, predicted.interval?.lower, predicted.interval?.upper))
        #expect(isClose(next.now.standardError, try #require(predicted.standardError)))
        #expect(next.now.doubt > next.now.standardError)
    }

    @Test func `now is what the draws say where there are draws, and what they say is not made linear`() throws {
        let (fit, law, runs) = try saved(draws: 400)
        let predicted = try law.predict(at: ["N": 3e9, "D": 6e10])
        let next = try NextRuns(fit, law: law, runs: runs, try options("loss at N=3B, D=60B", law))
        #expect(next.intervalOrigin == .draws)
        #expect(agree(next.now.interval, predicted.interval?.lower, predicted.interval?.upper))
        let plan = try law.plan(PlanOptions(.budget(1e22)))
        let optimum = try NextRuns(fit, law: law, runs: runs, try options("optimal N at 1e22", law))
        #expect(agree(optimum.now.interval, plan["N"]?.value.lower, plan["N"]?.value.upper))
    }

    @Test func `now is what plan says of an optimum, and the profile of a formula`() throws {
        let (fit, law, runs) = try saved()
        let plan = try law.plan(PlanOptions(.budget(1e22)))
        let optimum = try NextRuns(fit, law: law, runs: runs, try options("optimal N at 1e22", law))
        #expect(agree(optimum.now.interval, plan["N"]?.value.lower, plan["N"]?.value.upper))
        let estimand = try Estimand(try Formula(ofParameters: "beta/(alpha+beta)"), of: fit.problem)
        let profile = ProfileLikelihood(fit).profile(estimand, level: 0.95).interval
        let formula = try NextRuns(fit, law: law, runs: runs, try options("beta/(alpha+beta)", law))
        #expect(formula.intervalOrigin == .profile)
        #expect(agree(formula.now.interval, profile.lower.value, profile.upper.value))
    }

    @Test func `a calibrated law keeps its widening, which shrinks as runs come nearer`() throws {
        var (fit, law, runs) = try saved()
        law.fit?.calibration = Calibration(
            scale: try Formula("6*N*D"), limit: 6 * 3e8 * 3e10, slope: 0.05, factor: 1.3, cutoffs: 3, tests: 9,
            reach: 20, widening: .publicTables)
        let predicted = try law.predict(at: ["N": 3e9, "D": 6e10])
        var asked = try options("loss at N=3B, D=60B", law)
        asked.candidates = try Points([["N": 1e9, "D": 2e10], ["N": 3e9, "D": 6e10]], for: law)
        let next = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(next.intervalOrigin == .calibrated)
        #expect(agree(next.now.interval, predicted.interval?.lower, predicted.interval?.upper))
        // Once a run as large as the target is in, nothing is extrapolated; the law's own interval has a widening left
        // only for what the calibration adds at the edge of the runs.
        law.fit?.calibration?.limit = 6 * 3e9 * 6e10
        let nearer = try law.predict(at: ["N": 3e9, "D": 6e10])
        let after = try #require(next.atBest.interval)
        let reached = try #require(nearer.interval)
        let (low, high) = (try #require(after.lower.value), try #require(after.upper.value))
        #expect(low > reached.lower && high < reached.upper)
        #expect(reached.upper < (try #require(predicted.interval?.upper)))
    }

    @Test func `what is promised of runs is what predict says with them, if the residuals stay`() throws {
        let (fit, law, runs) = try saved()
        var asked = try options("loss at N=3B, D=60B", law)
        asked.candidates = try Points("N=10M..1B@5, D=200M..20B@5", for: law)
        let next = try NextRuns(fit, law: law, runs: runs, asked)
        // Runs on the curve itself change no estimate, and no residual: only s² is spread over more degrees of freedom.
        var table = Ladder.grid
        var losses = try Ladder.grid.table().numbers("loss")
        for (count, purchase) in next.purchases.enumerated() {
            let point = next.candidates[purchase.candidate]
            table.sizes.append(try #require(point.number("N")))
            table.data.append(try #require(point.number("D")))
            losses.append(purchase.predicted)
            let rows = Table(
                name: "runs",
                columns: [
                    Column(name: "N", numbers: table.sizes), Column(name: "D", numbers: table.data),
                    Column(name: "loss", numbers: losses),
                ])
            var specification = Specification(formula: fit.problem.formula)
            specification.residual = .log
            for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
            let again = try Fit(try Problem(specification, table: rows))
            let anew = Law(again, specification: specification, id: "mine", title: "", version: "")
            let predicted = try anew.predict(at: ["N": 3e9, "D": 6e10])
            let same = (again.degreesOfFreedom / fit.degreesOfFreedom).squareRoot()
            #expect(isClose(purchase.after.standardError, try #require(predicted.standardError) * same, 1e-4))
            let t = StudentT(degreesOfFreedom: again.degreesOfFreedom).quantile(0.975)
            let half = Elementary.ln(try #require(purchase.after.interval?.upper.value) / next.value)
            #expect(isClose(half, t * purchase.after.standardError, 1e-9))
            #expect(again.degreesOfFreedom == fit.degreesOfFreedom + Double(count + 1))
        }
        #expect(next.purchases.count == 10)
    }

    @Test func `a prior that the fit was given counts as known`() throws {
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.residual = .log
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
        specification.priors = [try Prior("alpha ~ normal(0.35, 0.002)")]
        let table = Ladder.ray.table()
        let fit = try Fit(try Problem(specification, table: table))
        var law = Law(fit, specification: specification, id: "mine", title: "", version: "")
        law.take(try Uncertainty(fit, method: .delta))
        let predicted = try law.predict(at: ["N": 3e9, "D": 6e10])
        let asked = try options("loss at N=3B, D=60B", law)
        let next = try NextRuns(fit, law: law, runs: try Points(table, for: law), asked)
        #expect(agree(next.now.interval, predicted.interval?.lower, predicted.interval?.upper))
        #expect(next.atBest.standardError < next.now.standardError)
    }

    /// Published tables with laws of the atlas and formulas of their own.
    static let tables: [(String, String, [String: String], String?, String)] = [
        (
            "chinchilla_digitized", "loss ~ E + A/N^alpha + B/D^beta", ["N": "params", "D": "tokens_derived"],
            "dropped_by_source < 1", "loss at N=70B, D=1.4T"
        ),
        (
            "overtrain_gadre", "loss_c4_val ~ E[dataset] + A/N^alpha + B/D^beta", ["N": "params", "D": "tokens"], nil,
            "loss_c4_val at N=7B, D=140B, dataset=rpj"
        ),
        (
            "moe_routing", "loss_validation ~ E + A/N^alpha + B/X^gamma", ["N": "params_dense", "X": "experts"],
            "is_last > 0", "loss_validation at N=7B, X=64"
        ),
    ]

    @Test(.enabled(if: PublicTables.isAtHand), arguments: tables)
    func `on public tables now is what predict says, too`(
        _ name: String, _ formula: String, _ columns: [String: String], _ condition: String?, _ target: String
    ) throws {
        let table = try PublicTables.table(name)
        for loss in [Loss.squared, .huber(1e-3)] {
            var specification = Specification(formula: try Formula(formula))
            specification.columns = try columns.mapValues { try Formula($0) }
            specification.condition = try condition.map { try Formula($0) }
            (specification.residual, specification.loss) = (.log, loss)
            let problem = try Problem(specification, table: table)
            let fit = try Fit(problem)
            var law = Law(fit, specification: specification, id: "mine", title: "", version: "", table: table)
            law.take(try Uncertainty(fit, method: .delta))
            let runs = try Points(table.rows(at: problem.rows), for: law, columns: specification.columns)
            var asked = NextOptions(
                try RunTarget(target, for: law),
                cost: try RunCost(try Formula(name == "moe_routing" ? "N" : "6*N*D"), for: law))
            asked.most = 2
            guard case .value(let point) = asked.target else { throw Missing() }
            let predicted = try law.predict(at: point)
            let next = try NextRuns(fit, law: law, runs: runs, asked)
            #expect(next.value == predicted.value)
            #expect(agree(next.now.interval, predicted.interval?.lower, predicted.interval?.upper), "\(name) \(loss)")
        }
    }

    private struct Missing: Error {}

    @Test func `the price of a robust loss is the textbook's`() {
        #expect(Loss.squared.varianceRatio(noise: 1) == 1)
        // Huber's k = 1.345 is as efficient as the mean to 95 % under normal noise.
        #expect(isClose(Loss.huber(1.345).varianceRatio(noise: 1), 1 / 0.95, 1e-3))
        #expect(isClose(Loss.huber(1e-9).varianceRatio(noise: 1), Double.pi / 2, 1e-6))
        #expect(isClose(Loss.huber(1e-3).varianceRatio(noise: 1), Double.pi / 2, 1e-3))
        #expect(isClose(Loss.huber(50).varianceRatio(noise: 1), 1, 1e-12))
        #expect(isClose(Loss.quantile(0.5).varianceRatio(noise: 3), Double.pi / 2, 1e-9))
    }

    private func isClose(_ value: Double, _ other: Double, _ tolerance: Double = 1e-9) -> Bool {
        (value - other).magnitude <= tolerance * other.magnitude
    }
}
