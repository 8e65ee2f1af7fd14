// What can be wrong with the question which runs to make next, with its wording.

import Formulas

/// Why there is no answer. A design that is nearly collinear is no fault: it is a warning.
public enum NextFault: Equatable, Sendable {
    case noTarget(response: String)
    case severalTargets(String, count: Int)
    case otherResponse(String, response: String)
    case unreadableTarget(String, problem: String)
    case incomplete(String, [String], law: String, inputs: [String])
    case optimumNeeds(String, law: String, problem: String)
    case notABudget(String, target: String)
    case noCost(law: String, inputs: [String])
    case costNeeds(String, cost: String, law: String, inputs: [String])
    case costNotPositive(String, point: String)
    case noCandidates(limit: Double, least: Double)
    case freeNeedsRanges(String, law: String)
    case emptyRange(String, low: Double, high: Double, isLowGiven: Bool)
    case tooManyCandidates(Int, most: Int)
    case tooManyUnderWay(Int, most: Int)
    case overheadIsAll(Double, spend: Double)
    case notPositive(String, Double, example: String)
    case noCovariance(target: String)
    case cannotSeparate(target: String, parameters: [String], candidates: Int, same: String?)
    case schedule(law: String)
    case cannotBind(law: String, problem: String)
    case nothingToSpend
    case buysNothing(Double)
    case noRule(String, option: String)
    case ruleNeeds(String, rule: String)
    case noLadder(law: String, inputs: [String])
    case undefined(at: String, law: String)
}

extension NextFault {
    // The size of a model, where there is one: runs that are all as long cost as much as they are large.
    private static func first(_ inputs: [String]) -> String {
        let size = inputs.first { $0.hasSuffix("[parameters]") } ?? inputs.first ?? "N"
        return String(size.prefix { $0 != " " })
    }

    /// The message, of one or more lines.
    var diagnostic: Diagnostic {
        switch self {
        case .noTarget(let response):
            return Diagnostic(
                summary: "nothing says what the runs are for",
                help:
                    "--target '\(response) at N=70B, D=1.4T', --target 'optimal N at 1e24', or --target 'beta/(alpha+beta)'"
            )
        case .severalTargets(let text, let count):
            return Diagnostic(
                summary: "--target: '\(Diagnostic.plain(text))' names \(count) points",
                help: "name one; runs are chosen for one number")
        case .otherResponse(let name, let response):
            return Diagnostic(
                summary: "--target: the law predicts '\(response)', not '\(Diagnostic.plain(name))'",
                help: "--target '\(response) at …'")
        case .unreadableTarget(let text, let problem):
            return Diagnostic(
                summary: "--target: '\(Diagnostic.plain(text))' cannot be read", details: [problem],
                help: "write 'loss at N=70B, D=1.4T', 'optimal N at 1e24', or a formula of parameters")
        case .incomplete(let whole, let missing, let law, let inputs):
            return Diagnostic(
                summary: "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing",
                details: [ScalingError.inputs(law, inputs)], help: Diagnostic.plain(whole))
        case .optimumNeeds(let name, let law, let problem):
            return Diagnostic(
                summary: "--target: '\(law)' has no optimal \(Diagnostic.plain(name)) to ask for", details: [problem])
        case .notABudget(let text, let target):
            return Diagnostic(
                summary: "--target: '\(Diagnostic.plain(text))' is no budget",
                details: Diagnostic.excerpt(of: target, at: 0..<max(1, target.utf8.count)),
                help: "write a number above zero: 'optimal N at 1e24'")
        case .noCost(let law, let inputs):
            return Diagnostic(
                summary: "'\(law)' has no parameters and tokens that 6*N*D could be made of",
                details: [ScalingError.inputs(law, inputs)],
                help: "say what a run costs, by its inputs: --cost '\(Self.first(inputs))'")
        case .costNeeds(let name, let cost, let law, let inputs):
            return Diagnostic(
                summary: "the cost \(cost) needs '\(name)', which is no input",
                details: [ScalingError.inputs(law, inputs)],
                help: "write --cost with the inputs of the law and numbers")
        case .costNotPositive(let cost, let point):
            return Diagnostic(
                summary: "the cost \(cost) is not above zero at \(point)",
                help: "leave that run out, or write another --cost")
        case .noCandidates(let limit, let least):
            return Diagnostic(
                summary:
                    "no candidate costs at most \(Numeral.quantity(limit, digits: 4)): the cheapest costs "
                    + Numeral.quantity(least, digits: 4), help: "spend more, or give smaller --candidates")
        case .freeNeedsRanges(let input, let law):
            return Diagnostic(
                summary: "nothing says how far \(input) may go",
                details: [
                    "'\(law)' was fitted to runs that all have the same \(input), or one that is not above zero"
                ],
                help: "give candidates: --candidates '\(input)=…'")
        case .emptyRange(let input, let low, let high, let isLowGiven):
            let (least, most) = (Numeral.quantity(low, digits: 4), Numeral.quantity(high, digits: 4))
            return Diagnostic(
                summary: isLowGiven
                    ? "--min: \(input) = \(least) is above ten times the most that was run, \(most)"
                    : "--max: \(input) = \(most) is below the least that was run, \(least)",
                help: isLowGiven ? "--max '\(input)=…'" : "--min '\(input)=…'")
        case .tooManyCandidates(let count, let most):
            return Diagnostic(
                summary: "\(count) candidates are more than can be compared", help: "give at most \(most)")
        case .tooManyUnderWay(let count, let most):
            return Diagnostic(
                summary: "--under-way: \(count) runs are more than can be weighed", help: "give at most \(most)")
        case .overheadIsAll(let overhead, let spend):
            return Diagnostic(
                summary:
                    "--overhead: \(Numeral.quantity(overhead, digits: 4)) a run leaves nothing of "
                    + "--spend \(Numeral.quantity(spend, digits: 4))",
                help: "spend more, or give a smaller --overhead")
        case .notPositive(let option, let value, let example):
            return Diagnostic(
                summary: "\(option): \(Expression.decimal(value)) cannot be used",
                help: "give a finite number above zero: \(option) \(example)")
        case .noCovariance(let target):
            return Diagnostic(
                summary: "no parameter moves '\(target)'", help: "ask for something that the fit leaves open")
        case .cannotSeparate(let target, let parameters, let candidates, let same):
            var details = [
                "runs and candidates together cannot separate \(parameters.joined(separator: ", ")): "
                    + "they can move together without changing any of these runs, and \(target) moves with them"
            ]
            if let same { details.append(same) }
            return Diagnostic(
                summary:
                    "none of \(candidates == 1 ? "the 1 candidate" : "the \(candidates) candidates") can tell \(target)",
                details: details, help: "add candidates that move one input without the others")
        case .schedule(let law):
            return Diagnostic(
                summary: "'\(law)' is a law of whole schedules, and candidates are numbers and labels",
                help: "choose runs by a law of N and D, and their schedules by allometry schedule")
        case .cannotBind(let law, let problem):
            return Diagnostic(summary: "'\(law)' cannot be put to candidates", details: [problem])
        case .nothingToSpend:
            return Diagnostic(summary: "nothing says how much the ladder may cost", help: "--spend 1e20")
        case .buysNothing(let spend):
            return Diagnostic(
                summary: "\(Expression.decimal(spend)) buys no run of this ladder",
                help: "give another --spend, --largest or --candidates")
        case .noRule(let law, let option):
            return Diagnostic(
                summary:
                    "\(option): '\(law)' is no rule for a \(option == "--lr" ? "learning rate" : "batch in tokens")",
                help: "allometry laws --field hyperparameters lists rules")
        case .ruleNeeds(let name, let rule):
            return Diagnostic(
                summary: "'\(rule)' needs \(name), which a run of this ladder does not have",
                details: ["a rule may read the inputs of the ladder's law, C, and L, the loss that the law predicts"])
        case .noLadder(let law, let inputs):
            return Diagnostic(
                summary: "nothing says which runs a ladder for '\(law)' may have",
                details: [ScalingError.inputs(law, inputs)],
                help: "name them: --candidates 'INPUT=LOW..HIGH@COUNT, …'")
        case .undefined(let point, let law):
            return Diagnostic(
                summary: "'\(law)' has no finite value at \(point)", help: "leave that candidate out")
        }
    }
}
