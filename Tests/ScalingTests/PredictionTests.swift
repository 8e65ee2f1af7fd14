// Values, intervals and distances of predictions.

import Fitting
import Formulas
import Scaling
import Testing

private let names = ["E", "A", "B", "alpha", "beta"]
private let values = [1.8172, 482.01, 2085.43, 0.3478, 0.3658]

// A covariance made of a lower triangle L: Σ = L Lᵀ.
private let covariance: [Double] = {
    let lower: [[Double]] = [
        [0.02, 0, 0, 0, 0], [30, 90, 0, 0, 0], [-200, 50, 900, 0, 0], [0.004, 0.011, 0.002, 0.003, 0],
        [-0.003, 0.001, 0.02, 0.0005, 0.004],
    ]
    var product = [Double](repeating: 0, count: 25)
    for i in 0..<5 { for j in 0..<5 { for k in 0..<5 { product[i * 5 + j] += lower[i][k] * lower[j][k] } } }
    return product
}()

private func saved(_ residual: Residual, degreesOfFreedom: Double = 10, noise: Double? = 0.01) throws -> Law {
    var law = try sample()
    law.fitting.residual = residual
    law.fit = SavedFit(
        estimates: Estimates(
            names: names, values: values, covariance: covariance, degreesOfFreedom: degreesOfFreedom),
        objective: 1, observations: 15, table: "runs.csv", noise: noise, termination: "done", seed: 1, version: "0")
    return law
}

// By hand: f, its gradient, and √(gᵀ Σ g) as a double sum over the whole matrix.
private func byHand(_ n: Double, _ d: Double) -> (value: Double, error: Double) {
    let (a, b) = (Elementary.power(n, -values[3]), Elementary.power(d, -values[4]))
    let gradient = [
        1, a, b, -values[1] * a * Elementary.ln(n), -values[2] * b * Elementary.ln(d),
    ]
    var variance = 0.0
    for i in 0..<5 { for j in 0..<5 { variance += gradient[i] * covariance[i * 5 + j] * gradient[j] } }
    return (values[0] + values[1] * a + values[2] * b, variance.squareRoot())
}

private func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    ((a ?? .nan) - b).magnitude <= tolerance * b.magnitude
}

// Student's t with 10 degrees of freedom and the normal distribution, at 0.975 (tables).
private let (t10, normal) = (2.228138851964939, 1.959963984540054)

@Test(arguments: [(70e9, 1.4e12), (1e9, 2e10), (1e7, 1e13)])
func theIntervalOfALogResidualIsThatOfTheLogarithm(n: Double, d: Double) throws {
    let (value, error) = byHand(n, d)
    let prediction = try saved(.log).predict(at: ["N": .number(n), "D": .number(d)])
    #expect(near(prediction.value, value))
    #expect(near(prediction.standardError, error / value, 1e-11))
    #expect(near(prediction.interval?.lower, value * Elementary.exp(-t10 * error / value), 1e-11))
    #expect(near(prediction.interval?.upper, value * Elementary.exp(t10 * error / value), 1e-11))
    #expect(prediction.interval?.level == 0.95)
}

@Test func theIntervalOfARawResidualIsSymmetric() throws {
    let (value, error) = byHand(1e9, 2e10)
    let prediction = try saved(.raw, degreesOfFreedom: .infinity).predict(at: ["N": 1e9, "D": 2e10])
    #expect(near(prediction.interval?.lower, value - normal * error, 1e-11))
    #expect(near(prediction.interval?.upper, value + normal * error, 1e-11))
}

@Test func anObservationHasItsNoiseToo() throws {
    let (value, error) = byHand(1e9, 2e10)
    let prediction = try saved(.log).predict(at: ["N": 1e9, "D": 2e10], interval: .observation)
    let half = t10 * (error * error / (value * value) + 1e-4).squareRoot()
    #expect(near(prediction.interval?.upper, value * Elementary.exp(half), 1e-11))
    #expect(try saved(.log, noise: nil).predict(at: ["N": 1e9, "D": 2e10], interval: .observation).interval == nil)
}

@Test func aLogitIntervalStaysBetweenZeroAndOne() throws {
    let law = try LawFile.parse(
        """
        allometry-law: 1
        title: Accuracy
        formula: accuracy ~ sigmoid(a + b * ln(N))
        [input N]
        unit: parameters
        [fit]
        residual: logit
        table: t
        observations: 12
        objective: 1
        ended: done
        seed: 1
        version: 0
        [estimates]
        degrees-of-freedom: 10
        value: a = -3
        value: b = 0.2
        covariance: 0.04 -0.001
        covariance: -0.001 0.0001
        """, name: "accuracy")
    let z = -3 + 0.2 * Elementary.ln(1e9)
    let error = (0.04 - 0.002 * Elementary.ln(1e9) + 1e-4 * Elementary.ln(1e9) * Elementary.ln(1e9)).squareRoot()
    let prediction = try law.predict(at: ["N": 1e9])
    #expect(near(prediction.interval?.lower, 1 / (1 + Elementary.exp(-(z - t10 * error))), 1e-10))
    #expect(near(prediction.interval?.upper, 1 / (1 + Elementary.exp(-(z + t10 * error))), 1e-10))
}

@Test func withoutACovarianceThereIsNoInterval() throws {
    let prediction = try sample().predict(at: ["N": 1e9, "D": 2e10])
    #expect(prediction.interval == nil && prediction.standardError == nil)
    #expect(try saved(.log, degreesOfFreedom: 0).predict(at: ["N": 1e9, "D": 2e10]).interval == nil)
}

@Test func theCoefficientsOfALabelAreThoseOfItsRow() throws {
    let law = try LawFile.parse(
        """
        allometry-law: 1
        title: Tasks
        formula: loss ~ beta[task, weight] * N^(-alpha[task])
        [input N]
        [input task]
        unit: label
        [input weight]
        unit: label
        [set a]
        values: beta[de, w1] = 2, beta[fr, w2] = 3, alpha[de] = 0.5, alpha[fr] = 1
        """, name: "tasks")
    let points: [Point] = [
        ["N": 4, "task": "de", "weight": "w1"], ["N": 6, "task": "fr", "weight": "w2"],
        ["N": 16, "task": "de", "weight": "w1"],
    ]
    #expect(
        try law.predict(try Points(points, for: law)).values.map { ($0 * 1e12).rounded() / 1e12 } == [1, 0.5, 0.5])
    // The gradient of a row goes to the coefficients of its labels.
    let run = try Predictor(law, try law.estimates(), try Points(points, for: law)).run(gradients: true)
    #expect(run.gradients[0] == 0.5 && run.gradients[1] == 0 && run.gradients[3] == 0)
    #expect(
        message { try law.predict(at: ["N": 4, "task": "de", "weight": "w2"]) } == """
            'tasks' has no value of beta[de, w2]
              values: beta[de, w1], beta[fr, w2]
              help: did you mean 'beta[de, w1]'?
            """)
}

@Test func fixedAndTiedParametersNeedNoValue() throws {
    let law = try LawFile.parse(
        """
        allometry-law: 1
        title: Ties
        formula: y ~ a * x^b + c * x^d
        [input x]
        [parameter d]
        tie: 2 * b
        [parameter c]
        fixed: 10
        [set s]
        values: a = 1, b = 1
        """, name: "ties")
    #expect(near(try law.predict(at: ["x": 3]).value, 93, 1e-15))
}

@Test func thePredictionSaysHowFarOutsideOfTheDataItIs() throws {
    let law = try sample()
    let inside = try law.predict(at: ["N": 1e9, "D": 2e10])
    #expect(inside.distance == 1 && inside.warnings.isEmpty)
    let outside = try law.predict(at: ["N": 70e9, "D": 100e6])
    #expect(outside.distances.map(\.input) == ["N", "D"] && outside.distances.map(\.factor) == [4.375, 10])
    #expect(outside.distance == 10)
    #expect(
        outside.warnings.map(\.message) == [
            "N = 70B is 4.38 times outside of the fitted range 44M..16B",
            "D = 100M is 10.0 times outside of the fitted range 1B..500B",
        ])
    #expect(outside.warnings.map(\.code) == ["extrapolation", "extrapolation"])
}

@Test func rangesAreWrittenAsPeopleWriteThem() throws {
    let law = try sample(replacing: "44M..16B", with: "57312345.678..16234567890")
    let warning = try #require(try law.predict(at: ["N": 162_345_678_900, "D": 2e10]).warnings.first)
    #expect(warning.message == "N = 162B is 10.0 times outside of the fitted range 57.3M..16.2B")
}

@Test func aRoundedNumberHasFifteenDigitsAndIsNear() {
    var random = SplitMix(state: 8)
    for _ in 0..<20_000 {
        let value = Elementary.exp(Double.random(in: -20...85, using: &random))
        let rounded = Numeral.rounded(-value)
        #expect(rounded == Quantity.parse(Numeral.scientific(rounded, digits: 15)), "\(value)")
        #expect((value + rounded).magnitude <= 5.1e-15 * value, "\(value)")
    }
    for power in -30...40 {
        let value = Quantity.parse("1e\(power)") ?? 0
        #expect(Numeral.rounded(value) == value && Numeral.rounded(value.nextDown) == value, "1e\(power)")
    }
    #expect(Numeral.rounded(0) == 0)
}

@Test func whereNoFactorExistsThePredictionIsOutsideOfTheDomain() throws {
    let prediction = try sample(replacing: "44M..16B", with: "0..0.98").predict(at: ["N": -1, "D": 2e10])
    #expect(prediction.warnings.map(\.code) == ["outside-domain", "not-finite"])
    #expect(
        try sample(replacing: "range: 44M..16B\n", with: "").predict(at: ["N": 1, "D": 2e10]).distances.count == 1)
}

@Test(arguments: Certainty.allCases)
func uncertainCoefficientsCarryAWarning(certainty: Certainty) throws {
    let law = try sample(replacing: "EXACT-TEXT", with: certainty.rawValue)
    let warnings = try law.predict(try Points("N=1B, D=20B", for: law)).warnings
    #expect(warnings.map(\.code) == (certainty.isUncertain ? ["uncertain-coefficients"] : []))
}

@Test func aRequestThatCannotBeMetIsRefused() throws {
    let law = try sample()
    #expect(
        message { try law.predict(at: ["N": 1, "D": 1], set: "publised") }
            == "'sample' has no set 'publised'\n  sets: published\n  help: did you mean 'published'?")
    #expect(
        message { try law.predict(at: ["N": 1, "D": 1], level: 95) }
            == "a level of 95 is no probability\n  help: give a number between 0 and 1: --level 0.95")
    #expect(message { try law.predict(at: ["N": 1, "D": "C4"]) } == "'sample' takes a number for D\n  help: D=70B")
    #expect(
        message { try Atlas.embedded.law("wei-2022").specification() }
            == "'wei-2022' is a claim and has no formula\n  help: allometry laws show wei-2022")
}

@Test func aLabelMayBeComparedAndANumberMayBeAnIndex() throws {
    let law = try LawFile.parse(
        """
        allometry-law: 1
        title: Recipes
        formula: y ~ E[width] * x + 5 * (recipe == "a")
        [input x]
        [input width]
        unit: layers
        [input recipe]
        unit: label
        [set s]
        values: E[12] = 2, E[24] = 3
        """, name: "recipes")
    #expect(try law.predict(try Points("x=1, width=12, recipe=a", for: law)).values == [7])
    #expect(try law.predict(try Points("x=1, width=24, recipe=b", for: law)).values == [3])
}

@Test func aLabelIsNoNumber() throws {
    let law = try LawFile.parse(
        "allometry-law: 1\ntitle: T\nformula: y ~ a * recipe\n[input recipe]\nunit: label\n[set s]\nvalues: a = 1",
        name: "recipes")
    #expect(
        message { try law.predict(at: ["recipe": "a"]) } == """
            'recipes': the formula takes the text 'recipe' as a number
              help: a label is compared, or stands between brackets: recipe == "a", E[recipe]
            """)
}

@Test func manyPointsAreRunInBlocks() throws {
    let law = try saved(.log)
    let points = try Points("N=1M..1T@1300, D=20B", for: law)
    let predictions = try law.predict(points)
    for position in [0, 511, 512, 1024, 1299] {
        let alone = try law.predict(at: points[position])
        #expect(near(predictions[position].value, alone.value, 1e-14))
        #expect(near(predictions[position].interval?.upper, alone.interval?.upper ?? 0, 1e-12))
        #expect(predictions[position].warnings == alone.warnings)
    }
    #expect(try law.predict(try Points([], for: law)).isEmpty)
}

@Test func aLongChainOfDefinitionsIsEvaluated() throws {
    let chain = (1...3_000).map { "let v\($0)=v\($0 - 1)+1" }.joined(separator: ";")
    let law = try LawFile.parse(
        "allometry-law: 1\ntitle: T\nformula: let v0=x;\(chain);y ~ v3000\n[input x]", name: "chain")
    #expect(try law.predict(at: ["x": 1]).value == 3_001)
}
