// Laws that call laws: the atlas puts the called one in place. Formulas read no files.

import Fitting
import Formulas

/// What can be wrong with the call of a law.
public enum LawCallFault: Equatable, Sendable {
    case unknownLaw(String, near: [String])
    case claim(String)
    case noCoefficients(String)
    /// The law is one of whole curves.
    case needsSchedule(String)
    case missingInputs([String], law: String, inputs: [String])
    case unknownArgument(String, law: String, names: [String])
    /// The input is text and needs a quoted label, or a number and has one.
    case wrongKind(String, law: String, isLabel: Bool)
    case noValue(String, law: String, known: [String])
    /// The laws that call one another, the first again at the end.
    case circular([String])
}

extension Atlas {
    /// Calls may be nested so deep.
    static let deepestCall = 8

    /// The formula with every law that it calls in place, with the coefficients of the law's saved fit or default set.
    ///
    /// - Throws: ``ScalingError/lawCall(_:)`` for an unknown law, missing and unknown arguments, laws that call one
    ///   another; and what a damaged law file throws.
    public func resolving(_ formula: Formula) throws(ScalingError) -> Formula {
        try resolving(formula, callers: [])
    }

    func resolving(_ formula: Formula, callers: [String]) throws(ScalingError) -> Formula {
        try formula.resolving { (call) throws(ScalingError) in try callee(call, callers: callers) }
    }

    private func callee(_ call: LawCall, callers: [String]) throws(ScalingError) -> LawCall.Callee {
        if callers.contains(call.name) || callers.count == Self.deepestCall {
            throw .lawCall(.circular(callers + [call.name]))
        }
        guard contains(call.name) else { throw .lawCall(.unknownLaw(call.name, near: near(call.name))) }
        let law = try law(call.name, callers: callers + [call.name])
        guard let formula = law.formula else { throw .lawCall(.claim(call.name)) }
        if !formula.scheduleColumns.isEmpty { throw .lawCall(.needsSchedule(call.name)) }
        try check(call, law)
        let estimates: Estimates
        do { estimates = try law.estimates() } catch { throw .lawCall(.noCoefficients(call.name)) }
        let given = Dictionary(zip(estimates.names, estimates.values)) { first, _ in first }
        let coefficients = law.fixedValues.merging(given) { _, estimate in estimate }
        try checkLabels(call, law, coefficients)
        return LawCall.Callee(
            formula: formula, coefficients: coefficients, ties: law.ties.mapValues(\.prediction))
    }

    private func check(_ call: LawCall, _ law: Law) throws(ScalingError) {
        let names = law.inputs.map(\.name) + law.parameterSymbols.map(\.name)
        for argument in call.arguments {
            guard names.contains(argument.name) else {
                throw .lawCall(.unknownArgument(argument.name, law: law.id, names: names))
            }
            let isLabel = law.input(argument.name)?.isLabel ?? false
            let isQuoted = if case .label = argument.value { true } else { false }
            if isLabel != isQuoted { throw .lawCall(.wrongKind(argument.name, law: law.id, isLabel: isLabel)) }
        }
        let missing = law.inputs.map(\.name).filter { call[$0] == nil }
        if !missing.isEmpty {
            throw .lawCall(.missingInputs(missing, law: law.id, inputs: law.inputsWithUnits))
        }
    }

    // Every coefficient that the labels choose is there.
    private func checkLabels(
        _ call: LawCall, _ law: Law, _ coefficients: [String: Double]
    ) throws(ScalingError) {
        for symbol in law.parameterSymbols where law.ties[symbol.name] == nil && call[symbol.name] == nil {
            let words = symbol.indices.map { index in
                if case .label(let label)? = call[index] { label } else { "" }
            }
            let name = words.isEmpty ? symbol.name : "\(symbol.name)[\(words.joined(separator: ", "))]"
            if coefficients[name] == nil, coefficients[symbol.name] == nil {
                let known = coefficients.keys.filter { LawChecks.base($0) == symbol.name }.sorted()
                throw .lawCall(.noValue(name, law: law.id, known: known))
            }
        }
    }
}

extension LawCallFault {
    /// The message: what is wrong, what is known, and what to type.
    var words: (summary: String, details: [String], help: String?) {
        switch self {
        case .unknownLaw(let id, let near):
            let list = near.map { "'\($0)'" }.joined(separator: ", ")
            return ("no law '\(id)'" + (near.isEmpty ? "" : "; did you mean \(list)?"), [], "allometry laws")
        case .claim(let id): return ("'\(id)' is a claim and cannot be called", [], "allometry laws show \(id)")
        case .noCoefficients(let id):
            return ("'\(id)' has no coefficients", [], "give all of its parameters in a law file of your own")
        case .needsSchedule(let id):
            return (
                "'\(id)' is a law of whole curves and cannot be called", [], "write its formula where it is needed"
            )
        case .missingInputs(let missing, let law, let inputs):
            return (
                "law(\"\(law)\", …) needs \(missing.joined(separator: ", "))", [ScalingError.inputs(law, inputs)],
                "law(\"\(law)\", \(missing.map { "\($0) = …" }.joined(separator: ", ")))"
            )
        case .unknownArgument(let name, let law, let names):
            return (
                "'\(name)' is no input or parameter of '\(law)'", ["names: " + ScalingError.list(names)],
                Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            )
        case .wrongKind(let name, let law, let isLabel):
            return (
                "'\(law)' takes \(isLabel ? "text" : "a number") for \(name)", [],
                isLabel ? "quote it: \(name) = \"…\"" : "write \(name) = … without quotes"
            )
        case .noValue(let parameter, let law, let known):
            return (
                "'\(law)' has no value of \(parameter)",
                known.isEmpty ? [] : ["values: " + ScalingError.list(known)],
                Suggestion.nearest(to: parameter, among: known).map { "did you mean '\($0)'?" }
            )
        case .circular(let chain):
            return (
                "laws call one another: \(chain.joined(separator: " → "))", [],
                "let one of them state its own formula"
            )
        }
    }
}
