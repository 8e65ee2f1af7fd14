// The page of a reading: what was found, what was decided, what was set aside.

import Formulas
import Scaling
import Tables

extension Report {
    /// The page of what was read.
    public static func reading(
        _ reading: RunReading, _ table: Table, sources: [String], saved: String?, next: [String]
    ) -> Report {
        let page = ReadingPage(reading: reading, tableOfRuns: table, sources: sources, saved: saved)
        var blocks: [Block] = [.sentence(page.opening), .facts(page.facts), .table(page.runs)]
        if page.hidden > 0 { blocks.append(.sentence(.faint("and \(page.hidden) more"))) }
        if !page.aside.rows.isEmpty { blocks.append(.section("set aside", [.table(page.aside)])) }
        if !page.notices.isEmpty { blocks.append(.notices(page.notices)) }
        if !next.isEmpty { blocks.append(.section("next", [.verbatim(next.joined(separator: "\n"))])) }
        return Report(blocks)
    }
}

private struct ReadingPage {
    let reading: RunReading
    let tableOfRuns: Table
    let sources: [String]
    let saved: String?

    /// More rows than this are not read by people.
    private static let most = 24

    var opening: Words {
        let files = Numbers.counted(reading.logs.files, "file")
        let place =
            sources.count == 1 ? (sources[0] == "-" ? "standard input" : sources[0]) : "\(sources.count) sources"
        var words: Words = .strong("\(Numbers.counted(reading.runs.count, "run"))") + Words(" in \(place) (\(files))")
        let rows = Numbers.counted(tableOfRuns.rowCount, "row")
        let columns = Numbers.counted(tableOfRuns.columns.count, "column")
        words =
            words
            + Words(
                saved.map { "; \(rows) of \(columns) written to \($0)" }
                    ?? "; \(reading.runs.count == 1 ? "it makes" : "they make") \(rows) of \(columns)")
        let aside = reading.runs.count - reading.kept.count
        if aside > 0 { words = words + Words("; \(aside) set aside") }
        return words + "."
    }

    var facts: [Report.Fact] {
        var facts: [Report.Fact] = []
        var counts: [(String, Int)] = []
        for run in reading.runs {
            let name = run.formats.joined(separator: " and ")
            if let place = counts.firstIndex(where: { $0.0 == name }) {
                counts[place].1 += 1
            } else {
                counts.append((name, 1))
            }
        }
        let formats = counts.map { reading.runs.count == $0.1 ? $0.0 : "\($0.1) \($0.0)" }
        facts.append(Report.Fact("format", Words(formats.joined(separator: ", "))))
        let used = reading.loss.names.filter { name in reading.runs.contains { $0.loss?.name == name } }
        if let name = used.first ?? reading.loss.names.first {
            let why =
                reading.loss.wasAsked ? "" : others.isEmpty ? ", the only one" : ", by the order of the usual names"
            let names = used.count > 1 ? " or " + used.dropFirst().joined(separator: ", ") : ""
            facts.append(Report.Fact("loss", .code(name) + Words(names + why)))
            if !reading.loss.wasAsked, !others.isEmpty {
                facts.append(Report.Fact("others", Words(others.joined(separator: ", "))))
            }
        }
        if !reading.choices.isOfCurves {
            facts.append(Report.Fact("final", Words(reading.choices.finals.map(\.words).joined(separator: "; "))))
        }
        for quantity in [RunQuantity.tokens, .parameters, .nonEmbedding] {
            let origins = origins(quantity)
            if !origins.isEmpty { facts.append(Report.Fact(quantity.rawValue, Words(origins))) }
        }
        return facts
    }

    /// Series that might have been the loss.
    private var others: [String] {
        var names: [String] = []
        for run in reading.runs {
            for series in run.log.series
            where series.name.lowercased().contains("loss") && !reading.loss.names.contains(series.name)
                && !names.contains(series.name)
            { names.append(series.name) }
        }
        return Array(names.prefix(6))
    }

    /// Where a quantity comes from, each place once, with the number of runs where they differ.
    private func origins(_ quantity: RunQuantity) -> String {
        var counts: [(String, Int)] = []
        for run in reading.kept {
            // Which file of a run says it is in the reply; here only what it is called.
            guard let whole = run.facts.fact(quantity)?.origin else { continue }
            let origin = whole.firstRange(of: " in ").map { String(whole[..<$0.lowerBound]) } ?? whole
            if let place = counts.firstIndex(where: { $0.0 == origin }) {
                counts[place].1 += 1
            } else {
                counts.append((origin, 1))
            }
        }
        let all = counts.reduce(0) { $0 + $1.1 }
        let shown = counts.prefix(3).map {
            counts.count == 1 && all == reading.kept.count ? $0.0 : "\($0.0) (\($0.1))"
        }
        return shown.joined(separator: ", ") + (counts.count > 3 ? ", …" : "")
    }

    var hidden: Int { max(0, reading.kept.count - Self.most) }

    var runs: Report.Grid {
        let rows = reading.kept.prefix(Self.most)
        let isCurve = reading.choices.isOfCurves
        let finals = isCurve ? [] : reading.choices.finals
        var columns = [Report.Grid.Column("run", .left), .init(isCurve ? "rows" : "step")]
        if isCurve { columns += [.init("from"), .init("to"), .init("last loss")] }
        columns += finals.map { Report.Grid.Column(finals.count > 1 ? $0.columnEnding : "loss") }
        let hasTokens = finals.count < 2 && rows.contains { $0.facts[.tokens] != nil }
        let hasSize = finals.count < 2 && rows.contains { $0.facts[.parameters] ?? $0.facts[.nonEmbedding] != nil }
        if hasTokens { columns.append(.init("tokens")) }
        if hasSize { columns.append(.init("params")) }
        let hasState = rows.contains { $0.state != .ended }
        if hasState { columns.append(.init("state", .left)) }
        return Report.Grid(
            columns,
            rows: rows.map { run in
                var row = [Self.short(run.log.name, to: finals.count > 1 ? 26 : 32)]
                if isCurve {
                    row += [
                        "\(run.loss?.count ?? 0)", run.loss?.steps.first.map(String.init) ?? "",
                        run.loss?.steps.last.map(String.init) ?? "",
                        run.loss?.last.map { Numbers.value($0.value) } ?? "",
                    ]
                } else {
                    row.append(run.step.map(String.init) ?? "")
                }
                row += zip(finals, run.finals).map { $1.map { Numbers.value($0) } ?? "" }
                if hasTokens { row.append(run.facts[.tokens].map { Numbers.quantity($0) } ?? "") }
                if hasSize {
                    row.append(
                        (run.facts[.parameters] ?? run.facts[.nonEmbedding]).map { Numbers.quantity($0) } ?? "")
                }
                if hasState { row.append(run.state.word) }
                return row
            })
    }

    var aside: Report.Grid {
        Report.Grid(
            [.init("run", .left), .init("why", .left)],
            rows: reading.runs.compactMap { run in
                run.setAside.map { aside in
                    [
                        Self.short(run.log.name),
                        aside.code == run.state.word ? "\(aside.code): \(aside.reason)" : aside.reason,
                    ]
                }
            })
    }

    /// Each code with its first messages, and how many more there are.
    var notices: [Report.Notice] {
        var order: [String] = []
        var byCode: [String: [RunLog.Notice]] = [:]
        for notice in reading.notices {
            if byCode[notice.code] == nil { order.append(notice.code) }
            byCode[notice.code, default: []].append(notice)
        }
        return order.compactMap { code in
            guard let found = byCode[code], let first = found.first else { return nil }
            let texts = Self.grouped(found.map(\.message), reading.runs.map(\.log.name))
            let shown = texts.prefix(3).joined(separator: "; ")
            let more = texts.count > 3 ? "; and \(texts.count - 3) more" : ""
            return Report.Notice(code: code, message: shown + more, hint: first.hint)
        }
    }

    /// What is said of several runs in the same words is said once, with their names.
    private static func grouped(_ messages: [String], _ names: [String]) -> [String] {
        var order: [String] = []
        var runs: [String: [String]] = [:]
        let known = Set(names)
        for message in messages {
            let parts = message.split(separator: ": ", maxSplits: 1).map(String.init)
            let isOfRun = parts.count == 2 && known.contains(parts[0])
            let text = isOfRun ? parts[1] : message
            if runs[text] == nil { order.append(text) }
            runs[text, default: []] += isOfRun ? [parts[0]] : []
        }
        return order.map { text in
            guard let of = runs[text], let first = of.first else { return text }
            if of.count == 1 { return "\(first): \(text)" }
            let listed = of.prefix(3).joined(separator: ", ") + (of.count > 3 ? " and \(of.count - 3) more" : "")
            return "\(text) (\(listed))"
        }
    }

    private static func short(_ name: String, to width: Int = 32) -> String {
        let plain = Diagnostic.plain(name, longest: 1_000)
        return plain.count > width ? "…" + plain.suffix(width - 1) : plain
    }
}
