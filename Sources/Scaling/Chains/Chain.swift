// Laws in steps: what one law predicts is an input of the next, as a loss of an accuracy.

import Fitting
import Formulas

/// A law some of whose inputs are predicted by other laws.
///
/// Small models say little of an accuracy that has not left chance, but their losses fall smoothly, and accuracy follows
/// loss. So the loss is predicted from sizes, f₁(N, D), and the accuracy from the loss: f₂(f₁(N, D)).
///
/// Source: Gadre et al. 2024, section 3; Bhagia et al. 2024, section 3.
public struct Chain: Sendable {
    /// An input of the last law, and the law that predicts it.
    public struct Link: Sendable {
        public let input: String
        public let law: Law
    }

    /// The last step.
    public let law: Law
    public let links: [Link]
    /// A law by the name of the chain, with the inputs that points give: those of the links, then those of the last law
    /// that no link predicts.
    public let asked: Law

    /// - Parameters:
    ///   - law: the last step.
    ///   - steps: laws, each with the input that it predicts; nil where that is called as the law's response is, or as
    ///     both were in their tables, or is the last law's one input.
    /// - Throws: ``ScalingError/chain(_:)`` where a law predicts no input, or two predict one;
    ///   ``ScalingError/claimHasNoFormula(id:)``.
    public init(_ law: Law, through steps: [(input: String?, law: Law)]) throws(ScalingError) {
        var links: [Link] = []
        for part in [law] + steps.map(\.law) {
            if part.kind == .claim { throw part.noFormula }
            if part.readsCurves { throw .chain(.wholeCurves(law: part.id)) }
        }
        for (name, step) in steps {
            let input = try Self.input(name, of: law, from: step)
            if links.contains(where: { $0.input == input }) { throw .chain(.predictedTwice(input, law: law.id)) }
            links.append(Link(input: input, law: step))
        }
        var asked = Law(id: ([law.id] + steps.map(\.law.id)).joined(separator: " through "), title: law.title)
        (asked.formula, asked.response) = (law.formula, law.response)
        let known = Set(links.map(\.input))
        for input in links.flatMap(\.law.inputs) + law.inputs.filter({ !known.contains($0.name) }) {
            guard let other = asked.input(input.name) else {
                asked.inputs.append(input)
                continue
            }
            if other.isLabel != input.isLabel { throw .chain(.kinds(input.name)) }
        }
        if let both = asked.inputs.first(where: { known.contains($0.name) }) {
            throw .chain(.predictedAndAsked(both.name))
        }
        (self.law, self.links, self.asked) = (law, links, asked)
    }

    /// What reports show: ``asked``, and the inputs that links predict.
    public var shown: Law {
        var shown = asked
        shown.inputs += links.compactMap { law.input($0.input) }
        return shown
    }

    private static func input(_ name: String?, of law: Law, from step: Law) throws(ScalingError) -> String {
        let written = step.response?.name ?? step.formula?.response.map { "\($0)" } ?? ""
        let response = step.responseSymbol ?? written
        let found: LawInput?
        if let name {
            found = law.input(name)
        } else {
            let column = step.response?.column.map { "\($0.prediction)" } ?? written
            let same = law.inputs.first {
                ($0.column.map { "\($0.prediction)" } ?? "\(Symbol($0.name))") == column
            }
            found = law.input(response) ?? same ?? (law.inputs.count == 1 ? law.inputs[0] : nil)
        }
        guard let found else {
            throw .chain(.noInput(name, response: response, step: step.id, law: law.id, inputs: law.inputsWithUnits))
        }
        if found.isLabel { throw .chain(.label(found.name, law: law.id)) }
        return found.name
    }
}

/// One step of a chained prediction: what was predicted before the last law.
public struct ChainedStep: Sendable {
    /// The input of the last law.
    public let input: String
    public let law: String
    public let predictions: Predictions
}
