// The wording of what can be wrong with a reading.

import Formulas

extension ReadingFault {
    var diagnostic: Diagnostic {
        switch self {
        case .unknownSeries(let name, let known):
            let near = Suggestion.nearest(to: name, among: known) ?? Self.within(name, known)
            return Diagnostic(
                summary: "--loss: no run has a series '\(Diagnostic.plain(name))'",
                details: [Self.list("series", known)],
                help: near.map { "did you mean '\($0)'?" } ?? known.first.map { "--loss '\($0)'" })
        case .noLoss(let known):
            return Diagnostic(
                summary: "nothing says which series is the loss", details: [Self.list("series", known)],
                help: known.isEmpty
                    ? "the runs have settings only; name one that is the loss: --loss NAME"
                    : "--loss '\(known.first { $0.lowercased().contains("loss") } ?? known[0])'")
        case .noCurves(let runs):
            return Diagnostic(
                summary: "--curves: \(runs == 1 ? "the run has no" : "none of \(runs) runs has a") loss by steps",
                details: ["what was found is one row a run, as a summary or a table of results has it"],
                help: "leave out --curves; or name the logs that were written on the way")
        case .nothingLeft(let reasons):
            return Diagnostic(
                summary: "no run is left", details: reasons.prefix(8).map { Diagnostic.plain($0, longest: 110) },
                help: "keep runs that did not end: --include interrupted,diverged; or take another --final-loss")
        case .unknownQuantity(let name, let option):
            let names = RunQuantity.allCases.map(\.rawValue)
            return Diagnostic(
                summary: "\(option): '\(Diagnostic.plain(name))' is no quantity of a run",
                details: ["quantities: " + names.joined(separator: ", ")],
                help: Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "--take 'params=n_params'")
        case .badValue(let value, let quantity):
            return Diagnostic(
                summary: "--set: '\(Diagnostic.plain(value))' cannot be \(quantity)",
                help: quantity == "schedule"
                    ? "--set 'schedule=cosine peak=3e-4 steps=24k'"
                    : "give a number above zero: --set '\(quantity)=524288'")
        case .unknownSetting(let name, let option, let known):
            return Diagnostic(
                summary: "\(option): no run has a setting '\(Diagnostic.plain(name))'",
                details: [Self.list("settings", known)],
                help: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" })
        }
    }

    private static func within(_ name: String, _ known: [String]) -> String? {
        known.first { $0.lowercased().hasSuffix(name.lowercased()) || name.lowercased().hasSuffix($0.lowercased()) }
    }

    private static func list(_ what: String, _ names: [String]) -> String {
        if names.isEmpty { return "\(what): none" }
        let shown = names.prefix(12).map { Diagnostic.plain($0) }.joined(separator: ", ")
        return "\(what): \(shown)\(names.count > 12 ? ", … (\(names.count) in all)" : "")"
    }
}
