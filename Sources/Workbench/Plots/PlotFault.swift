// What a figure lacks, and its wording.

import Formulas

/// Why a figure cannot be drawn.
public enum PlotFault: Equatable, Sendable {
    case noLaw(kind: String)
    case noRequest(kind: String)
    case needsTwoInputs(law: String, inputs: [String])
    case needsValue(String, law: String)
    /// With a point that can be typed.
    case notHeld(String, inputs: [String], example: String)
    case noBudget(law: String)
    case noFrontier(law: String)
    case noResiduals(table: String)
    case noProfile(law: String)
    case noRidge(law: String, parameters: [String])
    case noBacktest(table: String, reasons: [String])
    case noTargets
    case noCurves(table: String)
    case noNext(target: String, candidates: Int)
    case noSteps(law: String, inputs: [String])
    case noSizes(law: String, inputs: [String])
    /// The program that makes pictures of points is not there.
    case noConverter
    case converterFailed(status: Int32)
    case notAPicture(String, endings: [String])
}

extension PlotFault {
    var diagnostic: Diagnostic {
        switch self {
        case .noLaw(let kind):
            return Diagnostic(
                summary: "plot \(kind): nothing says which law", help: "allometry plot \(kind) mine.law runs.csv")
        case .noRequest(let kind):
            return Diagnostic(
                summary: "plot \(kind): the request of '\(kind)' is missing",
                help: "give it under the key '\(kind)', as docs/json.md says")
        case .needsTwoInputs(let law, let inputs):
            return Diagnostic(
                summary: "plot contours: '\(law)' has no two numbers as inputs",
                details: ["inputs: " + (inputs.isEmpty ? "none" : inputs.joined(separator: ", "))],
                help: "allometry plot fit draws a law of one input")
        case .needsValue(let input, let law):
            return Diagnostic(
                summary: "nothing says at which \(input) '\(law)' is to be drawn", help: "--at '\(Symbol(input))=…'")
        case .notHeld(let text, let inputs, let example):
            return Diagnostic(
                summary: "--at: '\(Diagnostic.plain(text))' cannot be used",
                details: ["inputs: " + inputs.joined(separator: ", ")],
                help: "write --at \(NextCommands.quoted(example))")
        case .noBudget(let law):
            return Diagnostic(
                summary: "plot frontier: '\(law)' has no runs, and nothing says how far the frontier goes",
                help: "allometry plot frontier \(law) --flops 1e24")
        case .noFrontier(let law):
            return Diagnostic(
                summary: "plot frontier: '\(law)' has no best split of compute at any budget",
                help: "allometry plan \(law) --flops 1e24 says why")
        case .noResiduals(let table):
            return Diagnostic(
                summary:
                    "plot residuals: the law runs through all rows of \(Diagnostic.plain(table)) and leaves none",
                help: "residuals need more runs than the law has parameters")
        case .noProfile(let law):
            return Diagnostic(
                summary: "plot profile: '\(law)' has no parameter with a profile",
                help: "a profile needs more runs than parameters, and a parameter that nothing holds")
        case .noRidge(let law, let parameters):
            return Diagnostic(
                summary: "plot ridge: '\(law)' has no two parameters whose estimates have a covariance",
                details: ["parameters: " + parameters.joined(separator: ", ")],
                help: "a ridge needs more runs than parameters, and two that nothing holds")
        case .noBacktest(let table, let reasons):
            return Diagnostic(
                summary:
                    "plot backtest: no cutoff of \(Diagnostic.plain(table)) leaves runs to fit and runs to predict",
                details: Array(reasons.prefix(6)),
                help: "add smaller runs, or --cutoffs nearer to 1: --cutoffs 1.5,2,3")
        case .noTargets:
            return Diagnostic(
                summary: "plot comparison: recipes cannot be compared by compute, and no point is given",
                help: "say where: --at 'N=1B, D=20B'")
        case .noCurves(let table):
            return Diagnostic(
                summary: "plot curve: no row of \(Diagnostic.plain(table)) has a schedule, a step and a loss",
                help: "say which columns they are, and --schedule 'column rate=lr'")
        case .noNext(let target, let candidates):
            return Diagnostic(
                summary: "plot next: none of \(candidates) candidates makes \(Diagnostic.plain(target)) surer",
                help: "allow larger runs: --largest, or others: --candidates 'N=10M..1B@8, D=200M..20B@8'")
        case .noSteps(let law, let inputs):
            return Diagnostic(
                summary: "plot task: nothing says which law predicts an input of '\(law)'",
                details: ["inputs: " + inputs.joined(separator: ", ")],
                help: "--through loss.law; allometry plot fit draws a law alone")
        case .noSizes(let law, let inputs):
            let place = inputs.map { "\(Symbol($0))=…" }.joined(separator: ", ")
            return Diagnostic(
                summary: "plot task: nothing says how large the runs of '\(law)' are, nor where to look",
                details: ["inputs of both steps: " + inputs.joined(separator: ", ")],
                help:
                    "--at '\(place)', or \(Suggestion.column(inputs.first ?? "N", nil)) where the table of its runs has them"
            )
        case .noConverter:
            return Diagnostic(
                summary: "a PNG is made by rsvg-convert, which is not on the PATH",
                help: "apt-get install librsvg2-bin, or brew install librsvg; or write --to figure.svg")
        case .converterFailed(let status):
            return Diagnostic(
                summary: "rsvg-convert ended with status \(status) and made no PNG", help: "write --to figure.svg")
        case .notAPicture(let path, let endings):
            return Diagnostic(
                summary: "--to: '\(Diagnostic.plain(path))' cannot be used",
                help: "end it in \(endings.dropLast().joined(separator: ", ")) or \(endings.last ?? "")")
        }
    }
}
