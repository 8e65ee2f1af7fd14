// What can be wrong with laws that are to be chained.

import Formulas

/// Laws of which no chain can be made.
public enum ChainFault: Equatable, Sendable {
    /// A name that was given is no input of the last law, or none was given and the response is not one.
    case noInput(String?, response: String, step: String, law: String, inputs: [String])
    case label(String, law: String)
    case predictedTwice(String, law: String)
    /// An input that one law predicts and another reads.
    case predictedAndAsked(String)
    /// Text to one law and a number to another.
    case kinds(String)
    case wholeCurves(law: String)

    var diagnostic: Diagnostic {
        switch self {
        case .noInput(let name?, _, let step, let law, let inputs):
            let known = inputs.map { String($0.prefix { $0 != " " }) }
            return Diagnostic(
                summary: "--through: '\(law)' has no input '\(name)' that '\(step)' could give",
                details: [ScalingError.inputs(law, inputs)],
                help: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" })
        case .noInput(nil, let response, let step, let law, let inputs):
            let first = inputs.first.map { String($0.prefix { $0 != " " }) } ?? "L"
            return Diagnostic(
                summary: "--through: '\(step)' gives \(response), which '\(law)' does not take",
                details: [ScalingError.inputs(law, inputs)], help: "say which input it is: --through \(first)=…")
        case .label(let name, let law):
            return Diagnostic(
                summary: "--through: '\(law)' takes text for \(name)", help: "only numbers can be predicted")
        case .predictedTwice(let name, let law):
            return Diagnostic(
                summary: "--through: two laws give \(name) of '\(law)'",
                help: "keep one, or say which input is meant: --through NAME=LAW")
        case .predictedAndAsked(let name):
            return Diagnostic(
                summary: "--through: \(name) is predicted by one law and read by another",
                help: "rename one of them in its law file")
        case .kinds(let name):
            return Diagnostic(
                summary: "--through: \(name) is text to one law and a number to another",
                help: "rename one of them in its law file")
        case .wholeCurves(let law):
            return Diagnostic(
                summary: "--through: '\(law)' is a law of whole curves",
                help: "predict it by itself, and give the next law what it says by --at")
        }
    }
}
