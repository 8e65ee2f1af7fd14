// The coefficients of a law as a report shows them: those of a saved fit, else of the published set in use.

import Fitting
import Formulas
import Scaling

struct StudyCoefficients {
    let study: Study

    private var law: Law { study.law }

    var table: Report.Grid {
        var table = law.fit.map(fitted) ?? published
        guard let beside = StudyBeside(study: study), beside.sharesForm else { return table }
        // Beside the numbers of another law the meanings have no room on a terminal.
        if table.columns.last?.title == "meaning" {
            table = Report.Grid(Array(table.columns.dropLast()), rows: table.rows.map { Array($0.dropLast()) })
        }
        // Before the words: numbers stand beside numbers.
        let place = table.columns.lastIndex { $0.alignment == .right }.map { $0 + 1 } ?? table.columns.count
        let known = beside.coefficients
        var columns = table.columns
        columns.insert(.init(beside.law.id), at: place)
        let rows = table.rows.map { row in
            var row = row
            row.insert(known[row[0]] ?? "-", at: place)
            return row
        }
        table = Report.Grid(columns, rows: rows)
        return table
    }

    private func fitted(_ fit: SavedFit) -> Report.Grid {
        let errors = fit.standardErrors
        var rows: [[String]] = fit.estimates.names.enumerated().map { position, name in
            let value = fit.estimates.values[position]
            let error = errors.flatMap { $0[position] > 0 ? $0[position] : nil }
            let written = Numbers.estimate(value, standardError: error)
            let interval = fit.profiles.first { $0.name == name }.map {
                Numbers.interval($0.interval, around: value)
            }
            return [name, written.value, written.standardError ?? "-", interval ?? "-", bound(name, value)]
        }
        for (name, value) in law.fixedValues.sorted(by: { $0.key < $1.key })
        where !rows.contains(where: { $0[0] == name }) {
            rows.append([name, Numbers.short(value, digits: 8), "-", "-", "fixed"])
        }
        for (name, tie) in law.ties.sorted(by: { $0.key < $1.key }) {
            rows.append([name, "", "-", "-", "tied, \(tie.prediction)"])
        }
        let meanings = rows.map { row in law.parameters.first { $0.name == base(row[0]) }?.meaning ?? "" }
        rows = zip(rows, meanings).map { $0 + [$1] }
        let columns: [Report.Grid.Column] = [
            .init("parameter", .left), .init("estimate"), .init("standard error"), .init("\(percent) %"),
            .init("bound", .left), .init("meaning", .left),
        ]
        let hasIntervals = rows.contains { $0[3] != "-" }
        let kept = columns.indices.filter { column in
            column == 3 ? hasIntervals : rows.contains { !$0[column].isEmpty }
        }
        return Report.Grid(kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
    }

    // The level at which the intervals were kept with the law.
    private var percent: String {
        Numbers.short((law.fit?.profiles.first?.interval.level ?? 0.95) * 100, digits: 6)
    }

    private func bound(_ name: String, _ value: Double) -> String {
        let bound = law.bounds[name] ?? law.bounds[base(name)] ?? .none
        if bound == .none { return "" }
        if bound.isPoint { return "fixed" }
        return "\(bound)" + (value <= bound.lower || value >= bound.upper ? ", held there" : "")
    }

    // `E` of `E[C4]`.
    private func base(_ name: String) -> String { String(name.prefix { $0 != "[" }) }

    private var published: Report.Grid {
        let values = (used?.values ?? []).map { value in
            [
                value.name, Numbers.exact(value.value),
                law.parameters.first { $0.name == base(value.name) }?.meaning ?? "",
            ]
        }
        let columns: [Report.Grid.Column] = [.init("parameter", .left), .init("value"), .init("meaning", .left)]
        let kept = columns.indices.filter { column in column < 2 || values.contains { !$0[column].isEmpty } }
        return Report.Grid(kept.map { columns[$0] }, rows: values.map { row in kept.map { row[$0] } })
    }

    private var used: LawSet? {
        guard law.fit == nil else { return nil }
        return law.sets.first { $0.name == study.predictions?.set } ?? law.defaultSet
    }

    // MARK: - Facts

    var facts: [Report.Fact] {
        guard let fit = law.fit else { return publishedFacts }
        var facts: [Report.Fact] = []
        if let problem = study.problem {
            facts += FitSetting(problem: problem).facts
        } else {
            facts.append(
                .init("loss", Words("\(law.fitting.loss.map { "\($0)" } ?? "squared") on \(scale) residuals")))
        }
        facts.append(
            .init(
                "objective",
                .strong(Numbers.short(fit.objective, digits: 6))
                    + Words(", summed over \(Numbers.count(fit.observations)) observations")))
        if !law.fitting.priors.isEmpty {
            facts.append(.init("priors", Words(law.fitting.priors.map(\.description).joined(separator: ", "))))
        }
        if let noise = fit.noise {
            let from = fit.noiseSource.map { ", from \($0)" } ?? ", the spread of a residual"
            facts.append(.init("noise", Words(Numbers.short(noise, digits: 3) + from)))
        }
        if let draws = fit.draws {
            facts.append(.init("bootstrap", Words("\(draws.count) draws, \(draws.kind)")))
        }
        facts.append(.init("stopped", Words(fit.termination)))
        return facts
    }

    private var scale: String { (law.fitting.residual ?? .raw).rawValue }

    private var publishedFacts: [Report.Fact] {
        let set = used
        return [
            ("set", set?.name), ("certainty", set?.certainty.map { "\($0.rawValue), \($0.meaning)" }),
            ("data", set?.data), ("objective", set?.objective), ("uncertainty", set?.uncertainty),
            ("range", set?.range), ("source", law.citation), ("note", set?.note),
        ].compactMap { label, text in text.map { Report.Fact(label, Words($0)) } }
    }
}
