// The page of a law: what it says, of what, how sure, and where it came from.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a law or a claim.
    public static func law(_ law: Law) -> Report {
        let page = LawPage(law: law)
        var blocks: [Block] = [.sentence(.strong(law.title))]
        blocks.append(.facts(page.source))
        if let formula = law.formula { blocks.append(.section("formula", page.formula(formula))) }
        let symbols = page.symbols
        if !symbols.rows.isEmpty { blocks.append(.section("symbols", [.table(symbols)])) }
        if law.kind == .average { blocks.append(.section("average of", [.table(page.members)])) }
        if law.kind == .claim { blocks.append(.section("claim", [.facts(page.claim)])) }
        for set in law.sets { blocks.append(.section(page.title(of: set), page.blocks(of: set))) }
        if let fit = law.fit { blocks.append(.section("saved fit", page.blocks(of: fit))) }
        let fitting = page.fitting
        if law.kind == .law { blocks.append(.section("how to fit", [.facts(fitting)])) }
        if let notes = law.notes { blocks.append(.section("notes", [.sentence(Words(notes))])) }
        if !law.traps.isEmpty { blocks.append(.section("traps", [.list(law.traps.map { Words($0) })])) }
        if let entry = law.bibTeX, law.fit == nil { blocks.append(.section("BibTeX", [.verbatim(entry)])) }
        return Report(blocks)
    }
}

private struct LawPage {
    let law: Law

    var source: [Report.Fact] {
        [("id", law.id), ("field", law.field), ("source", law.citation)].compactMap { label, text in
            text.map { Report.Fact(label, Words($0)) }
        }
    }

    func formula(_ formula: Formula) -> [Report.Block] { [.verbatim("\(formula)"), .verbatim(formula.latex)] }

    var members: Report.Grid {
        Report.Grid(
            [.init("law", .left), .init("weight"), .init("formula", .left)],
            rows: law.members.map { member in
                [
                    member.law.id, Numeral.fixed(member.weight, decimals: 3),
                    member.law.formula.map { "\($0)" } ?? "",
                ]
            })
    }

    var claim: [Report.Fact] {
        [("scaled", law.scaled), ("range", law.range), ("found", law.figures)].compactMap { label, text in
            text.map { Report.Fact(label, Words($0)) }
        }
    }

    var symbols: Report.Grid {
        var rows: [[String]] = []
        for input in law.inputs {
            let unit = [input.unit, input.counting].compactMap(\.self).joined(separator: ", ")
            rows.append([input.name, "input", unit, range(input.range), input.meaning ?? ""])
        }
        if let response = law.response {
            let unit = response.unit ?? ""
            let better = response.direction.map { $0 == .decrease ? "less is better" : "more is better" } ?? ""
            rows.append([response.name, "response", unit, better, response.meaning ?? ""])
        }
        for symbol in law.parameterSymbols {
            let said = law.parameters.first { $0.name == symbol.name }
            rows.append(["\(symbol)", "parameter", "", range(said?.bound ?? .none), said?.meaning ?? ""])
        }
        let titles = ["name", "role", "unit", "range", "meaning"]
        // A column that says nothing is left out.
        let kept = titles.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        return Report.Grid(
            kept.map { .init(titles[$0], .left) }, rows: rows.map { row in kept.map { row[$0] } })
    }

    private func range(_ bound: Bound) -> String {
        if bound == .none { return "" }
        let low = bound.lower.isFinite ? Numbers.quantity(bound.lower) : ""
        return low + ".." + (bound.upper.isFinite ? Numbers.quantity(bound.upper) : "")
    }

    func title(of set: LawSet) -> String {
        let isDefault = set.name == law.defaultSet?.name && law.sets.count > 1
        return "set \(set.name)" + (isDefault ? " (default)" : "")
    }

    func blocks(of set: LawSet) -> [Report.Block] {
        let values = set.values.map { "\($0.name) = \(Numbers.exact($0.value))" }.joined(separator: ", ")
        var facts = [Report.Fact("values", Words(values))]
        facts += [
            ("certainty", set.certainty.map { "\($0.rawValue), \($0.meaning)" }), ("data", set.data),
            ("objective", set.objective), ("uncertainty", set.uncertainty), ("range", set.range),
            ("source", set.source), ("note", set.note),
        ].compactMap { label, text in text.map { Report.Fact(label, Words($0)) } }
        return [.facts(facts)]
    }

    func blocks(of fit: SavedFit) -> [Report.Block] {
        let errors = fit.standardErrors
        let rows = fit.estimates.names.enumerated().map { position, name in
            let written = Numbers.estimate(fit.estimates.values[position], standardError: errors?[position])
            return [name, written.value, written.standardError ?? "-"]
        }
        var blocks: [Report.Block] = [
            .table(Report.Grid([.init("parameter", .left), .init("estimate"), .init("standard error")], rows: rows)),
            .facts([
                .init("table", Words("\(fit.table), \(Numbers.count(fit.observations)) observations")),
                .init("objective", Words(Numbers.short(fit.objective, digits: 6))),
                .init("ended", Words(fit.termination)),
                .init("made by", Words("allometry \(fit.version), seed \(fit.seed)")),
            ]),
        ]
        if !fit.warnings.isEmpty { blocks.append(.notices(fit.warnings.map(Report.Notice.init))) }
        return blocks
    }

    var fitting: [Report.Fact] {
        let fitting = law.fitting
        var facts = [
            Report.Fact("loss", Words(fitting.loss.map { "\($0)" } ?? "squared")),
            Report.Fact("residual", Words(fitting.residual?.rawValue ?? "raw")),
        ]
        if let weights = fitting.weights { facts.append(.init("weights", Words("\(weights)"))) }
        if let condition = fitting.condition { facts.append(.init("where", Words("\(condition)"))) }
        if let recipe = fitting.recipe { facts.append(.init("source's way", Words(recipe))) }
        let columns = law.inputs.map { " " + Suggestion.column($0.name, nil) }.joined()
        facts.append(.init("command", .code("allometry fit TABLE --law \(law.id)\(columns)")))
        return facts
    }
}

extension Certainty {
    /// What the mark means.
    public var meaning: String {
        switch self {
        case .exactText: "read in the paper"
        case .exactCode: "read in the paper's source, code or data"
        case .recomputed: "computed again from published data"
        case .secondary: "read in somebody else's paper"
        case .memoryHigh, .memoryMiddle, .memoryLow: "remembered, not read"
        case .abstract: "only the abstract was read"
        case .illustration: "invented to show the shape of the law"
        }
    }
}
