// The page of a law in Markdown, as it stands in docs/laws: from the law file alone, the same bytes every time.

import Fitting
import Formulas

/// Pages of laws in GitHub's Markdown, mathematics between `$$`.
public enum LawMarkdown {
    /// The page of a law or a claim.
    public static func page(of law: Law) -> String {
        var page = Page(law)
        page.write()
        return page.text
    }

    /// The index of all laws and claims, by field.
    public static func index(of laws: [Law]) -> String {
        var text = "# Laws\n\nPublished laws and claims, one page each, written from the files of `Atlas/`"
        let claims = laws.count { $0.kind == .claim }
        text += " by `ALLOMETRY_RECORD=1 ./check test`: \(laws.count - claims) laws and \(claims) claims.\n"
        for field in Set(laws.compactMap(\.field)).sorted() {
            text += "\n## \(field)\n\n"
            let isClaims = field == "claims"
            text +=
                isClaims
                ? "| claim | of what | what scaled |\n|---|---|---|\n" : "| law | formula | source |\n|---|---|---|\n"
            for law in laws.filter({ $0.field == field }).sorted(by: { $0.id < $1.id }) {
                let middle = isClaims ? plain(law.title) : law.formula.map { code(shortened($0)) } ?? ""
                let last = isClaims ? plain(law.scaled ?? "") : plain(law.title + (law.year.map { ", \($0)" } ?? ""))
                text += "| [\(law.id)](\(law.id).md) | \(middle) | \(last) |\n"
            }
        }
        return text
    }

    // The last line of a formula; definitions before it would hide it.
    private static func shortened(_ formula: Formula) -> String {
        let left = formula.response.map { "\($0) ~ " } ?? ""
        let text = left + "\(formula.prediction)"
        return text.count > 90 ? text.prefix(87) + "..." : text
    }

    /// Text in which nothing is taken for a mark of Markdown, fit for a cell of a table.
    static func plain(_ text: String) -> String {
        text.map { character in
            switch character {
            case "*", "_", "|", "$", "~", "`", "[", "]", "#", "\\": "\\\(character)"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }

    /// As the field writes it, to the last digit.
    static func number(_ value: Double) -> String { LawPrinter.written(value).replacing("e-0", with: "e-") }

    /// Code, fit for a cell of a table.
    static func code(_ text: String) -> String { "`\(text.replacing("|", with: "\\|").replacing("`", with: "'"))`" }
}

private struct Page {
    let law: Law
    private(set) var text = ""

    init(_ law: Law) { self.law = law }

    mutating func write() {
        text += "# \(LawMarkdown.plain(law.title))\n\n"
        writeSource()
        if let notes = law.notes { text += "\n\(LawMarkdown.plain(notes))\n" }
        if law.kind == .claim { writeClaim() }
        if let formula = law.formula { write(formula) }
        writeSymbols()
        if !law.sets.isEmpty { writeSets() }
        if !law.traps.isEmpty {
            heading("Traps")
            for trap in law.traps { text += "- \(LawMarkdown.plain(trap))\n" }
        }
        if !law.goldens.isEmpty { writeGoldens() }
        if law.kind == .law { writeUse() }
        if let entry = Bibliography.entry(for: law) {
            heading("Cite")
            block(entry, "bibtex")
        }
    }

    private mutating func heading(_ title: String) { text += "\n## \(title)\n\n" }

    private mutating func block(_ lines: String, _ language: String = "") {
        text += "```\(language)\n\(lines)\n```\n"
    }

    private mutating func facts(_ facts: [(String, String?)]) {
        for (label, value) in facts {
            if let value { text += "- **\(label)**: \(LawMarkdown.plain(value))\n" }
        }
    }

    private mutating func writeSource() {
        var parts: [String] = []
        if let who = Bibliography.authorsAndYear(law) { parts.append(LawMarkdown.plain(who)) }
        if let identifier = law.identifier {
            let address = Bibliography.address(identifier)
            parts.append(address.map { "[\(identifier)](\($0))" } ?? LawMarkdown.plain(identifier))
        }
        if let equation = law.equation { parts.append(LawMarkdown.plain(equation)) }
        text += parts.joined(separator: ". ") + ".\n\n"
        let kind = law.kind == .claim ? "A claim without a formula" : "A law"
        text += "\(kind) of the field *\(law.field ?? "")*, by the name `\(law.id)`. [All laws](README.md).\n"
    }

    private mutating func writeClaim() {
        heading("Claim")
        facts([("What was scaled", law.scaled), ("Over which range", law.range), ("What was found", law.figures)])
    }

    // MARK: - The law

    private mutating func write(_ formula: Formula) {
        heading("Formula")
        let response = formula.response.map { "\($0) ~ " } ?? ""
        let definitions = formula.definitions.map { "let \($0.name) = \($0.value);" }
        block((definitions + [response + "\(formula.prediction)"]).joined(separator: "\n"))
        text += "\n$$\(formula.response.map { $0.latex() + " = " } ?? "")\(formula.prediction.latex())$$\n"
        if definitions.isEmpty { return }
        text += "\nwhere\n"
        for definition in formula.definitions {
            text += "\n$$\(Symbol(definition.name).latex) = \(definition.value.latex())$$\n"
        }
    }

    private mutating func writeSymbols() {
        var rows: [[String]] = []
        for input in law.inputs {
            rows.append([
                "`\(input.name)`", "input", input.unit ?? "", input.counting ?? "", written(input.range),
                LawMarkdown.plain(input.meaning ?? ""),
            ])
        }
        if let response = law.response {
            let better = response.direction.map { $0 == .decrease ? "less is better" : "more is better" } ?? ""
            rows.append([
                LawMarkdown.code(response.name), "response", response.unit ?? "", "", better,
                LawMarkdown.plain(response.meaning ?? ""),
            ])
        }
        for symbol in law.parameterSymbols {
            let said = law.parameters.first { $0.name == symbol.name }
            let held =
                said?.fixed.map { "held at \(LawPrinter.written($0))" }
                ?? said?.tie.map { "tied to \($0.prediction)" }
            rows.append([
                "`\(symbol)`", "parameter", "", "", held ?? written(said?.bound ?? .none),
                LawMarkdown.plain(said?.meaning ?? ""),
            ])
        }
        if rows.isEmpty { return }
        heading("Symbols")
        table(["symbol", "role", "unit", "counts", "range", "meaning"], rows)
        if law.inputs.contains(where: { $0.range != .none }) {
            text += "\nThe range of an input is where the law was fitted; that of a parameter is its bound.\n"
        }
    }

    private func written(_ bound: Bound) -> String { LawPrinter.written(bound) ?? "" }

    // A column that says nothing is left out.
    private mutating func table(_ titles: [String], _ rows: [[String]]) {
        let kept = titles.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        text += "| " + kept.map { titles[$0] }.joined(separator: " | ") + " |\n"
        text += "|" + String(repeating: "---|", count: kept.count) + "\n"
        for row in rows { text += "| " + kept.map { row[$0] }.joined(separator: " | ") + " |\n" }
    }

    // MARK: - Coefficients and values

    private mutating func writeSets() {
        heading("Coefficients")
        for set in law.sets {
            let isDefault = set.name == law.defaultSet?.name && law.sets.count > 1
            text += "### \(LawMarkdown.plain(set.name))\(isDefault ? " (used unless another is named)" : "")\n\n"
            let values = set.values.map { "\($0.name) = \(LawMarkdown.number($0.value))" }
            block(wrapped(values))
            text += "\n"
            facts([
                ("Certainty", set.certainty.map { "\($0.rawValue), \($0.inWords)" }), ("Data", set.data),
                ("Objective", set.objective), ("Uncertainty", set.uncertainty), ("Range", set.range),
                ("Source", set.source), ("Note", set.note),
            ])
            if set != law.sets.last { text += "\n" }
        }
    }

    private func wrapped(_ values: [String]) -> String {
        var lines = [""]
        for (position, value) in values.enumerated() {
            let piece = value + (position + 1 < values.count ? "," : "")
            if let last = lines.last, !last.isEmpty, last.count + piece.count > 90 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + piece
        }
        return lines.joined(separator: "\n")
    }

    private mutating func writeGoldens() {
        heading("Values that the law must give")
        let rows = law.goldens.map { golden in
            [
                point(golden).isEmpty ? "" : "`\(point(golden))`",
                LawMarkdown.plain(golden.set ?? law.defaultSet?.name ?? ""),
                LawMarkdown.number(golden.value), LawMarkdown.number(golden.tolerance),
                LawMarkdown.plain(golden.provenance ?? ""),
            ]
        }
        table(["at", "set", "value", "within", "says who"], rows)
    }

    private func point(_ golden: LawGolden) -> String {
        law.inputs.compactMap { input in
            switch golden.point[input.name] {
            case .number(let value): "\(Symbol(input.name))=\(LawMarkdown.number(value))"
            case .label(let label): "\(Symbol(input.name))=\"\(label)\""
            case nil: nil
            }
        }.joined(separator: ", ")
    }

    private mutating func writeUse() {
        heading("Use")
        if let golden = law.goldens.first {
            let set = golden.set.flatMap { $0 == law.defaultSet?.name ? nil : " --set \($0)" } ?? ""
            let at = law.inputs.isEmpty ? "" : " --at '\(point(golden))'"
            block("allometry predict \(law.id)\(at)\(set)", "sh")
        }
        text += "\nFit it to runs of your own, here with \(law.fitting.loss.map { "\($0)" } ?? "squared") loss on "
        text += "\(Self.scale(law.fitting.residual ?? .raw)):\n\n"
        let columns = law.inputs.map { " " + Suggestion.column($0.name, nil) }.joined()
        let response = law.response.map { " " + Suggestion.column($0.name, nil) } ?? ""
        block("allometry fit TABLE --law \(law.id)\(columns)\(response) --save mine.law", "sh")
        if let recipe = law.fitting.recipe { text += "\nAs the source did it: \(LawMarkdown.plain(recipe))\n" }
    }

    private static func scale(_ residual: Residual) -> String {
        switch residual {
        case .raw: "plain residuals"
        case .log: "residuals of the logarithm"
        case .logit: "residuals of the logit"
        }
    }
}

extension Certainty {
    /// What the mark means.
    var inWords: String {
        switch self {
        case .exactText: "read in the paper"
        case .exactCode: "read in the paper's source, code or data"
        case .recomputed: "computed again from published data"
        case .secondary: "read in somebody else's paper"
        case .memoryHigh: "remembered with confidence, not read"
        case .memoryMiddle: "remembered, not read"
        case .memoryLow: "remembered vaguely, not read"
        case .abstract: "only the abstract was read"
        case .illustration: "invented to show the shape of the formula"
        }
    }
}
