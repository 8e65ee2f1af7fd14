// What a run costs, from the inputs of a law.

import Formulas

/// The compute of a run as a factor times a product of inputs: 6 N D operations where a law reads parameters and tokens
/// (Kaplan et al. 2020, section 2.1), else the one number that it reads.
public struct ComputeCost: Hashable, Sendable {
    /// The inputs that are multiplied.
    public let inputs: [String]
    /// What their product is multiplied by: 6 and the units of the inputs.
    public let factor: Double
    /// Whether this is compute in operations, rather than the one input itself.
    public let isCompute: Bool

    /// The cost of a run of a law, or nil where its inputs do not say what a run costs.
    ///
    /// Parameters and tokens are known by the meaning of their columns, else by the names N and D; compute by its meaning
    /// or the name C. A law of one number is compared by that number.
    public init?(_ law: Law) {
        let numbers = law.inputs.filter { !$0.isLabel }
        func one(_ kind: ColumnMeaning.Kind, _ name: String) -> (name: String, unit: Double)? {
            let known = numbers.compactMap { input in
                ColumnMeaning(input).flatMap { $0.kind == kind ? (input.name, $0.unit ?? 1) : nil }
            }
            if known.count == 1 { return known[0] }
            return known.isEmpty && numbers.contains { $0.name == name } ? (name, 1) : nil
        }
        if let size = one(.parameters, "N"), let data = one(.tokens, "D") {
            self.init(inputs: [size.name, data.name], factor: 6 * size.unit * data.unit, isCompute: true)
        } else if let compute = one(.compute, "C") {
            self.init(inputs: [compute.name], factor: compute.unit, isCompute: true)
        } else if numbers.count == 1 {
            self.init(inputs: [numbers[0].name], factor: 1, isCompute: false)
        } else {
            return nil
        }
    }

    init(inputs: [String], factor: Double, isCompute: Bool) {
        (self.inputs, self.factor, self.isCompute) = (inputs, factor, isCompute)
    }

    /// `6 N D`, or the name of the one input.
    public var description: String {
        inputs.count == 1 ? inputs[0] : "\(Expression.decimal(factor)) \(inputs.joined(separator: " "))"
    }

    /// The cost where the inputs have these values; NaN where one is missing.
    package func value(_ number: (String) -> Double?) -> Double {
        inputs.reduce(factor) { $0 * (number($1) ?? .nan) }
    }
}
