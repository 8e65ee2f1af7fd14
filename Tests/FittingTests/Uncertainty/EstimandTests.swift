// Estimands: values and exact derivatives, and what they refuse.

import Formulas
import Testing

@testable import Fitting

@Suite("Numbers that follow from the parameters")
struct EstimandTests {
    static func fit() throws -> Fit {
        try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", Laboratory.chinchilla())
    }

    @Test(
        "Derivatives agree with differences",
        arguments: ["beta/(alpha+beta)", "(alpha*A/(beta*B))^(1/(alpha+beta))", "E^2 + ln(A)", "alpha"])
    func derivatives(text: String) throws {
        let fit = try Self.fit()
        let estimand = try Estimand(Formula(text), of: fit.problem)
        let center = fit.coefficients
        let local = estimand.derivatives(center)
        for k in center.indices {
            let h = 1e-4 * center[k]
            func shifted(_ steps: Double) -> [Double] {
                var point = center
                point[k] += steps * h
                return point
            }
            let slope = (estimand.value(shifted(1)) - estimand.value(shifted(-1))) / (2 * h)
            #expect(
                (slope - local.gradient[k]).magnitude <= 1e-6 * (local.gradient[k].magnitude + 1e-6 / h.magnitude))
            for l in center.indices {
                let up = estimand.derivatives(shifted(1)).gradient[l]
                let down = estimand.derivatives(shifted(-1)).gradient[l]
                let second = (up - down) / (2 * h)
                #expect((second - local.hessian[k, l]).magnitude <= 1e-5 * local.hessian[k, l].magnitude + 1e-9)
            }
        }
    }

    @Test("The law at a fitted point is the fit's prediction there, whatever the parameters are tied and fixed to")
    func prediction() throws {
        let table = Laboratory.chinchilla(rows: 20)
        let fit = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.ties["beta"] = try Formula("alpha")
            $0.fixed["E"] = 1.7
        }
        let (n, d) = (try table.numbers("N"), try table.numbers("D"))
        let predictions = fit.predictions()
        for row in [0, 7, 19] {
            let estimand = try Estimand(predictionAt: ["N": n[row], "D": d[row]], of: fit.problem)
            #expect((estimand.value(fit.coefficients) / predictions[row] - 1).magnitude < 1e-14)
        }
    }

    @Test("A label chooses the value of an indexed parameter, by name and at a point")
    func labels() throws {
        let fit = try Laboratory.fit(
            "y ~ E[set] + b*x",
            Laboratory.table([("x", [1, 2, 3, 1, 2, 3]), ("y", [1, 2.1, 2.9, 3, 4.1, 5])]).adding(
                column: .init(name: "set", labels: ["a", "a", "a", "b", "b", "b"])))
        let value = fit.estimates["E[b]"] ?? .nan
        #expect(try Estimand(Formula(ofParameters: "E[b]"), of: fit.problem).value(fit.coefficients) == value)
        let difference = try Estimand(Formula(ofParameters: "E[b] - E[a]"), of: fit.problem)
        #expect((difference.value(fit.coefficients) - 2).magnitude < 0.2)
        let point = try Estimand(predictionAt: ["x": 0], labels: ["set": "b"], of: fit.problem)
        #expect(point.value(fit.coefficients) == value)
        #expect(point.name == "y at x = 0, set = b")
    }

    @Test("Values of many draws are those of each")
    func draws() throws {
        let fit = try Self.fit()
        let estimand = try Estimand(Formula("beta/(alpha+beta)"), of: fit.problem)
        let other = fit.coefficients.map { $0 * 1.1 }
        #expect(
            estimand.values(ofDraws: fit.coefficients + other)
                == [estimand.value(fit.coefficients), estimand.value(other)])
    }

    @Test("Unknown names and missing inputs are refused with what to type")
    func refusals() throws {
        let problem = try Self.fit().problem
        let unknown = #expect(throws: FitError.self) { try Estimand(Formula("alpah/2"), of: problem) }
        #expect(unknown.map { "\($0)" }?.contains("did you mean 'alpha'?") == true)
        let missing = #expect(throws: FitError.self) { try Estimand(predictionAt: ["N": 1e9], of: problem) }
        #expect(missing.map { "\($0)" }?.contains("the point has no value of 'D'") == true)
    }
}
