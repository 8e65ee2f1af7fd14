// What is said of a fit to curves whose neighbouring rows are alike.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite struct CorrelatedRowsTests {
    /// A fit to some curves whose residuals are a first-order autoregression.
    private func law(curves: Int, autocorrelation rho: Double) throws -> Law {
        var random = SplitMix(state: 5)
        var (labels, steps, losses): ([String?], [Double], [Double]) = ([], [], [])
        var specification = Specification(formula: try Formula("loss ~ L0 + A * ratesum(schedule, step)^-alpha"))
        specification.residual = .log
        for curve in 0..<curves {
            let rates = try Schedule("constant peak=\(3e-4 * Double(1 + curve)) steps=2001").rates
            specification.schedules["\(curve)"] = rates
            var residual = 0.0
            for step in stride(from: 100, through: 2000, by: 20) {
                residual = rho * residual + Double.random(in: -0.001...0.001, using: &random)
                let sum = rates[0...step].reduce(0, +)
                labels.append("\(curve)")
                steps.append(Double(step))
                losses.append((3 + 0.5 * Elementary.power(sum, -0.5)) * Elementary.exp(residual))
            }
        }
        let table = Table(
            name: "curves.csv",
            columns: [
                Column(name: "schedule", labels: labels), Column(name: "step", numbers: steps),
                Column(name: "loss", numbers: losses),
            ])
        let fit = try Fit(try Problem(specification, table: table))
        return Law(fit, specification: specification, id: "c", title: "c", version: "", table: table)
    }

    private func warning(_ law: Law) -> Warning? { law.fit?.warnings.first { $0.code == "correlated-rows" } }

    @Test func `residuals that follow one another make fewer rows and wider intervals`() throws {
        let few = try #require(warning(try law(curves: 3, autocorrelation: 0.9)))
        // 288 rows, (1 + ρ)/(1 − ρ) = 19 of which are one.
        #expect(few.message.contains("their residuals correlate by 0.91, 288 rows say as much as 14, and"))
        #expect(few.hint == "add curves; of 3 no bootstrap tells how curves differ")
        let many = try #require(warning(try law(curves: 9, autocorrelation: 0.9)))
        #expect(many.hint == "take intervals from whole curves: --bootstrap cluster:schedule:1000")
    }

    @Test func `rows that are independent are taken as they are`() throws {
        #expect(warning(try law(curves: 3, autocorrelation: 0)) == nil)
        #expect(warning(try law(curves: 3, autocorrelation: 0.2)) == nil)
    }
}
