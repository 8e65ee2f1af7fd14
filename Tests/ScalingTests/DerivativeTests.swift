// Derivatives of every law of the atlas against differences of its values.

import Fitting
import Formulas
import Scaling
import Testing

/// Richardson's extrapolation of central differences (Ridders 1982): the derivative with the smallest error estimate.
private func difference(_ f: (Double) -> Double, at x: Double, step: Double) -> Double {
    var (table, best, error) = ([[Double]](), Double.nan, Double.infinity)
    var h = step
    for row in 0..<10 {
        var line = [(f(x + h) - f(x - h)) / (2 * h)]
        var factor = 2.0
        for column in 0..<row {
            line.append((line[column] * factor - table[row - 1][column]) / (factor - 1))
            factor *= 2
            let estimate = max(
                (line[column + 1] - line[column]).magnitude, (line[column + 1] - table[row - 1][column]).magnitude)
            if estimate < error { (error, best) = (estimate, line[column + 1]) }
        }
        table.append(line)
        h /= 2.0.squareRoot()
    }
    return best
}

private func check(
    _ law: Law, _ name: String, exact: Double, at x: Double, value: Double, _ f: (Double) -> Double
) {
    // A tenth of the number itself, less where the formula ends or bends nearby.
    let scale = x == 0 ? 1 : x.magnitude
    let allowed = 1e-8 * max((exact * scale).magnitude, 1e-3 * value.magnitude)
    let steps = [0.1, 0.01, 1e-3, 1e-4]
    let differences = steps.map { difference(f, at: x, step: $0 * scale) }
    let agrees = differences.contains { (($0 - exact) * scale).magnitude <= allowed }
    #expect(agrees, "\(law.id) by \(name) at \(x): \(exact), differences \(differences)")
}

// The steps of a schedule are whole numbers.
private func isStep(_ name: String, _ law: Law) -> Bool {
    law.formula?.scheduleColumns.contains { $0.step == name } ?? false
}

// A golden may lie where a formula bends, as that of goyal-2024 does: each input moves a little, by a step of its own.
private func moved(_ golden: LawGolden, _ law: Law) -> Point {
    var point = golden.point
    for (k, input) in law.inputs.enumerated() where !isStep(input.name, law) {
        if let x = point.number(input.name) { point[input.name] = .number(x * (1 - 0.0137 * Double(k + 1))) }
    }
    return point
}

@Test func theDerivativesOfEveryLawAreThoseOfItsValues() throws {
    for law in try formulaLaws() {
        for golden in law.goldens {
            let place = moved(golden, law)
            let given = try law.estimates(set: golden.set)
            let held = law.fixedValues.filter { given[$0.key] == nil }.sorted { $0.key < $1.key }
            let estimates = Estimates(names: given.names + held.map(\.key), values: given.values + held.map(\.value))
            let numbers = law.inputs.filter { !$0.isLabel && !isStep($0.name, law) }.map(\.name)
            let points = try Points([place], for: law)
            let result = try Predictor(law, estimates, points).run(gradients: true, slopes: numbers)
            func value(_ point: Point, _ values: [Double]) -> Double {
                let changed = Estimates(names: estimates.names, values: values)
                return (try? law.predict(at: point, estimates: changed).value) ?? .nan
            }
            for (name, slopes) in zip(numbers, result.slopes) {
                check(law, name, exact: slopes[0], at: place.number(name) ?? .nan, value: result.values[0]) {
                    var point = place
                    point[name] = .number($0)
                    return value(point, estimates.values)
                }
            }
            for (k, name) in estimates.names.enumerated() {
                check(law, name, exact: result.gradients[k], at: estimates.values[k], value: result.values[0]) {
                    var values = estimates.values
                    values[k] = $0
                    return value(place, values)
                }
            }
        }
    }
}
