// What can be wrong with the request for a plan, with its wording.

import Fitting
import Formulas

/// Why there is no plan. Extrapolation and limits that bind are no faults: they are warnings.
public enum PlanFault: Equatable, Sendable {
    case notPositive(String, Double)
    case nothingToSpend(law: String)
    case noCost(law: String, inputs: [String])
    case costNeeds(String, cost: String, law: String, inputs: [String])
    case costNotPositive(String)
    case noInput(option: String, what: String, law: String, inputs: [String])
    case labelNotFixed(String, law: String)
    case fixedAndTied(String)
    case tieNeeds(String, tie: String, inputs: [String])
    case nothingFree(law: String, cost: String)
    case schedule(law: String)
    case notALimit(String)
    case limitNotPositive(String)
    case boundOnTie(String)
    case emptyBound(String, lower: Double, upper: Double)
    case infeasible(budget: Double?, cost: String, binding: [String], least: Double?)
    case unreachable(target: Double, response: String, best: Double, isLoss: Bool)
    case noOptimum(law: String, input: String, isUpward: Bool, at: Double, isOpen: Bool, inCost: Bool)
    case undefined(law: String)
    case unknownHardware(String, names: [String])
    case hardwareFile(String, problem: String)
    case needs(option: String, with: String)
    case badPower(Double)
}

extension PlanFault {
    /// The message, of one or more lines.
    var diagnostic: Diagnostic {
        switch self {
        case .notPositive(let option, let value):
            return Diagnostic(
                summary: "\(option): \(Expression.decimal(value)) cannot be used",
                help: "give a finite number above zero: \(option) \(Self.example(option))")
        case .badPower(let power):
            return Diagnostic(
                summary: "--depth-power: \(Expression.decimal(power)) cannot be used",
                help: "layers grow as the width to this power: 1 keeps their ratio, 0 the layers")
        case .nothingToSpend(let law):
            return Diagnostic(
                summary: "nothing says how much may be spent",
                help: "allometry plan \(law) --flops 1e24, or --target-loss 2.0, or --fix N=7B")
        case .noCost(let law, let inputs):
            return Diagnostic(
                summary: "'\(law)' has no parameters and tokens that 6*N*D could be made of",
                details: [ScalingError.inputs(law, inputs)], help: "say what a choice costs: --cost 'FORMULA'")
        case .costNeeds(let name, let cost, let law, let inputs):
            return Diagnostic(
                summary: "the cost \(cost) needs '\(name)', which is no input",
                details: [ScalingError.inputs(law, inputs)],
                help: Suggestion.nearest(
                    to: name, among: inputs.map { String($0.prefix { $0 != " " }) }
                ).map { "did you mean '\($0)'?" }
                    ?? "write --cost with the inputs of the law and numbers")
        case .costNotPositive(let cost):
            return Diagnostic(
                summary: "the cost \(cost) is not above zero everywhere that the plan may go",
                help: "limit the inputs with --min and --max, or write another --cost")
        case .noInput(let option, let what, let law, let inputs):
            return Diagnostic(
                summary: "\(option) is about \(what), and '\(law)' has no such input",
                details: [ScalingError.inputs(law, inputs)])
        case .labelNotFixed(let name, let law):
            return Diagnostic(
                summary: "'\(law)' takes text for \(name), which cannot be chosen by a plan",
                help: "--fix '\(name)=…'")
        case .fixedAndTied(let name):
            return Diagnostic(
                summary: "\(name) is given twice", help: "keep one of --fix, --tie and --ratio for it")
        case .tieNeeds(let name, let tie, let inputs):
            return Diagnostic(
                summary: "--tie: '\(name)' in \(tie) is no input that is free or fixed",
                details: ["inputs: \(inputs.joined(separator: ", "))"])
        case .nothingFree(let law, let cost):
            return Diagnostic(
                summary: "every input of '\(law)' is fixed, so nothing is left to choose with a budget",
                help: "leave one input free, or leave the budget out to see what \(cost) comes to")
        case .schedule(let law):
            return Diagnostic(
                summary: "'\(law)' is a law of whole schedules, which a plan over numbers cannot choose",
                help: "allometry predict \(law) --at …, for each schedule that you would try")
        case .notALimit(let text):
            return Diagnostic(
                summary: "--limit: '\(Diagnostic.plain(text))' is no limit",
                help: "compare two expressions of inputs: --limit '2*N <= 80e9'")
        case .limitNotPositive(let text):
            return Diagnostic(
                summary: "--limit: both sides of '\(Diagnostic.plain(text))' must be above zero",
                help: "move terms until they are: --limit 'D >= 200*N', not 'D - 200*N >= 0'")
        case .boundOnTie(let name):
            return Diagnostic(
                summary: "\(name) follows from other inputs: --min, --max and --integer cannot hold it",
                help: "--limit '\(name) <= …' can")
        case .emptyBound(let name, let lower, let upper):
            return Diagnostic(
                summary:
                    "no value of \(name) is allowed: at least \(Numeral.quantity(lower, digits: 4)) and at most "
                    + Numeral.quantity(upper, digits: 4),
                help: "widen --min or --max")
        case .infeasible(let budget, let cost, let binding, let least):
            let names = binding.joined(separator: ", ")
            var details: [String] = []
            if let budget, let least, least > budget * (1 + 1e-6) {
                details.append(
                    "\(cost) is at least \(Numeral.quantity(least, digits: 4)) then, more than "
                        + Numeral.quantity(budget, digits: 4))
            }
            return Diagnostic(
                summary: "no choice meets all conditions; what stands against the others: \(names)",
                details: details, help: "loosen \(binding.first ?? "a limit")")
        case .unreachable(let target, let response, let best, let isLoss):
            return Diagnostic(
                summary:
                    "the law never reaches \(response) = \(Expression.decimal(target)) within the limits: "
                    + "the \(isLoss ? "lowest" : "highest") it comes to is \(Numeral.significant(best, digits: 5))",
                help: "ask for a \(isLoss ? "higher" : "lower") value, or loosen --max and --limit")
        case .noOptimum(let law, let input, let isUpward, let value, let isOpen, let inCost):
            let end = isUpward ? "more" : "less"
            let place =
                isOpen ? "without end" : "up to the end of its range, \(Numeral.quantity(value, digits: 4))"
            let why =
                inCost
                ? "under this cost the law has no optimum between its ends"
                : "the cost does not contain \(input), so nothing holds it back"
            let bound = isUpward ? "--max" : "--min"
            return Diagnostic(
                summary: "'\(law)' has no interior optimum: \(end) \(input) is better \(place)",
                details: [why],
                help: "hold it: --fix \(input)=…, or say how far it may go: \(bound) \(input)=…")
        case .undefined(let law):
            return Diagnostic(
                summary: "'\(law)' has no finite value anywhere that the plan may go",
                help: "limit the inputs with --min and --max, or hold some: --fix")
        case .unknownHardware(let name, let names):
            let near = Suggestion.nearest(to: name.lowercased(), among: names).map { "did you mean '\($0)'?" }
            return Diagnostic(
                summary: "--gpu: no accelerator '\(Diagnostic.plain(name))' in the catalogue",
                details: ["known: " + names.joined(separator: ", ")],
                help: near ?? "bring your own: --hardware FILE, a CSV with the columns name and flops")
        case .hardwareFile(let file, let problem):
            return Diagnostic(
                summary: "\(file): \(problem)",
                help:
                    "a hardware file is a CSV with the columns name, flops and, where known, memory_gb, source, date")
        case .needs(let option, let other):
            return Diagnostic(summary: "\(option) needs \(other)", help: "\(option) … \(Self.example(other))")
        }
    }

    private static func example(_ option: String) -> String {
        switch option {
        case "--flops", "--budget": "1e24"
        case "--gpu-hours": "2e6"
        case "--dollars": "1e6"
        case "--price": "--price 2.5"
        case "--gpu": "--gpu h100"
        case "--mfu": "0.4"
        case "--ratio": "20"
        case "--inference-tokens": "2T"
        case "--unique-tokens": "300B"
        case "--max-params": "13B"
        case "--gpus": "1024"
        default: "1"
        }
    }
}
