// Learning rate and batch of a run, by a published rule, and where that rule was made.

import Fitting
import Formulas

/// A published rule for a learning rate or a batch, asked of a run.
struct HyperparameterRule {
    let law: Law
    let option: String

    /// - Throws: ``ScalingError/next(_:)`` for a law of the atlas that says something else than was asked for.
    init(_ law: Law, isBatch: Bool) throws(ScalingError) {
        self.law = law
        option = isBatch ? "--batch" : "--lr"
        let unit = law.response?.unit
        let says = unit == nil || (unit == "tokens") == isBatch
        if !says || (law.field ?? "hyperparameters") != "hyperparameters" {
            throw .next(.noRule(law.id, option: option))
        }
    }

    /// The rule's value where a run has these inputs: N and D of the run, C its cost, L its predicted loss.
    ///
    /// - Throws: ``ScalingError/next(_:)`` where the rule reads anything else.
    func value(_ point: Point, cost: Double, loss: Double) throws(ScalingError) -> Double {
        try law.predict(at: try inputs(point, cost: cost, loss: loss)).value
    }

    private func inputs(_ point: Point, cost: Double, loss: Double) throws(ScalingError) -> Point {
        var own = Point()
        for input in law.inputs {
            if let value = point[input.name] {
                own[input.name] = value
            } else if input.name == "C" {
                own["C"] = .number(cost)
            } else if input.name == "L" || input.name == "loss" {
                own[input.name] = .number(loss)
            } else {
                throw .next(.ruleNeeds(input.name, rule: law.id))
            }
        }
        return own
    }

    /// Runs outside of the ranges that the rule was made from, and parameters that it counts in another way than the law.
    func warnings(_ runs: [LadderDesign.Run], of law: Law) -> [Warning] {
        var warnings: [Warning] = []
        var outside: [Int] = []
        var farthest: (factor: Double, input: String)?
        for (place, run) in runs.enumerated() {
            guard let own = try? inputs(run.point, cost: run.cost, loss: run.predicted) else { continue }
            for input in self.law.inputs {
                guard let x = own.number(input.name), input.range != .none else { continue }
                let factor = Extrapolation.factor(of: x, outside: input.range)
                if factor <= 1 { continue }
                if outside.last != place + 1 { outside.append(place + 1) }
                if factor > farthest?.factor ?? 1 { farthest = (factor, input.name) }
            }
        }
        if let farthest {
            let ranges = self.law.inputs.filter { $0.range != .none }.map { input in
                "\(input.name) = \(Numeral.quantity(input.range.lower, digits: 3)).."
                    + Numeral.quantity(input.range.upper, digits: 3)
            }
            let which =
                outside.count == runs.count
                ? "all runs lie" : Self.list(outside) + (outside.count == 1 ? " lies" : " lie")
            warnings.append(
                Warning(
                    code: "rule-outside-range",
                    message:
                        "\(self.law.id) was made from \(ranges.joined(separator: ", ")); \(which) outside, by "
                        + "\(farthest.input) up to ×\(Numeral.short(farthest.factor, digits: 2))",
                    hint: "try rates and batches around the rule's on the smallest runs before you start the rest"))
        }
        for input in self.law.inputs {
            guard let own = input.counting, let other = law.input(input.name)?.counting, own != other else {
                continue
            }
            warnings.append(
                Warning(
                    code: "rule-counting",
                    message: "\(self.law.id) counts \(input.name) as \(own), the ladder's law as \(other)",
                    hint: "small models differ most: their embeddings are a large part of them"))
        }
        return warnings
    }

    // `run 3`, `runs 1 to 4, 7`.
    private static func list(_ numbers: [Int]) -> String {
        var parts: [String] = []
        var start = 0
        while start < numbers.count {
            var end = start
            while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
            if end - start > 1 {
                parts.append("\(numbers[start]) to \(numbers[end])")
            } else {
                parts += numbers[start...end].map { "\($0)" }
            }
            start = end + 1
        }
        return (numbers.count == 1 ? "run " : "runs ") + parts.joined(separator: ", ")
    }
}
