// The page of a report: the answer first, then doubts, the law, the runs, and how it was all done.

import Fitting
import Formulas
import Scaling

struct StudyPage {
    let study: Study

    private var law: Law { study.law }

    var report: Report {
        var blocks: [Report.Block] = []
        let answers = StudyAnswers(study: study)
        blocks.append(.sentence(answers.question))
        if !answers.cards.isEmpty { blocks.append(.answers(answers.cards)) }
        blocks += plates(.answer)
        let parts = self.parts
        let notices = Self.gathered(Self.notices(parts) + (law.fit?.warnings ?? []).map(Report.Notice.init))
        if !notices.isEmpty { blocks.append(.section("Warnings", [.notices(notices)])) }
        blocks += parts.map(Self.withoutNotices)
        blocks.append(.section("Methods", methods))
        return Report(blocks, title: study.title ?? title)
    }

    private var title: String {
        let title = Picture.shortened(law.title)
        return isName(title) ? "The law of \(title)" : Self.headed(title)
    }

    /// Whether a title begins with what the user calls a column, an input or a parameter: a name keeps its letters.
    private func isName(_ title: String) -> Bool {
        let word = String(title.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        let names =
            [study.response] + study.shown.inputs.map(\.name) + law.parameters.map(\.name)
            + (study.problem?.roles.map(\.name) ?? []) + (law.fit?.estimates.names ?? [])
        return names.contains(word)
    }

    private static func headed(_ title: String) -> String { title.prefix(1).uppercased() + title.dropFirst() }

    // MARK: - Parts

    private var parts: [Report.Block] {
        var parts: [Report.Block] = [.section("The law", lawBlocks + steps + plates(.law))]
        if let data { parts.append(.section("Data", data)) }
        if let beside = StudyBeside(study: study) { parts.append(beside.section) }
        if let predictions = study.predictions {
            parts.append(
                .section("Predictions", body(.predictions(predictions, law: study.shown))))
        } else if hasAbsent("predictions") {
            parts.append(.section("Predictions", absent("predictions")))
        }
        if let plan = study.plan {
            parts.append(.section("Plan", body(.plan(plan, time: study.time)) + plates(.plan)))
        } else if hasAbsent("plan") {
            parts.append(.section("Plan", absent("plan")))
        }
        for (title, part, page) in [
            ("Next runs", Study.Part.next, study.next),
            ("Small runs against large ones", Study.Part.backtest, study.backtest),
            ("What the answer hangs on", .sensitivity, study.sensitivity),
        ] {
            if let page {
                parts.append(.section(title, body(page) + plates(part)))
            } else if hasAbsent(part.rawValue) {
                parts.append(.section(title, absent(part.rawValue)))
            }
        }
        if hasAbsent("figures") { parts.append(.section("Figures that lack data", absent("figures"))) }
        return parts
    }

    private func plates(_ part: Study.Part) -> [Report.Block] {
        study.plates.filter { $0.part == part }.map { .figure($0.plate) }
    }

    private func hasAbsent(_ part: String) -> Bool { study.absences.contains { $0.part == part } }

    private func absent(_ part: String) -> [Report.Block] {
        study.absences.filter { $0.part == part }.map { .sentence(Words($0.reason)) }
    }

    // A page of its own, as a part of another: the formula and what to type next stand elsewhere.
    private func body(_ report: Report) -> [Report.Block] {
        report.blocks.compactMap { block in
            switch block {
            case .formula: nil
            case .verbatim(let text) where text == law.formula.map { "\($0)" }: nil
            case .section("next", _): nil
            case .section(let title, let blocks):
                .section(isName(title) ? title : Self.headed(title), blocks)
            default: block
            }
        }
    }

    // MARK: - Warnings

    private static func notices(_ blocks: [Report.Block]) -> [Report.Notice] {
        blocks.flatMap { block -> [Report.Notice] in
            switch block {
            case .notices(let notices): notices
            case .section(_, let blocks): notices(blocks)
            default: []
            }
        }
    }

    // Two parts may warn of the same, where a count of points behind the code tells them not apart; and one hint serves
    // all warnings of a kind.
    private static func gathered(_ notices: [Report.Notice]) -> [Report.Notice] {
        var gathered: [Report.Notice] = []
        for notice in distinct(notices) {
            let kind = notice.code.split(separator: ",").first ?? ""
            guard let place = gathered.firstIndex(where: { $0.code == kind && $0.hint == notice.hint }) else {
                gathered.append(.init(code: String(kind), message: notice.message, hint: notice.hint))
                continue
            }
            gathered[place] = .init(
                code: String(kind), message: gathered[place].message + "; " + notice.message, hint: notice.hint)
        }
        return gathered
    }

    private static func distinct(_ notices: [Report.Notice]) -> [Report.Notice] {
        var known = Set<String>()
        return notices.filter {
            known.insert(($0.code.split(separator: ",").first ?? "") + " " + $0.message).inserted
        }
    }

    private static func withoutNotices(_ block: Report.Block) -> Report.Block {
        guard case .section(let title, let blocks) = block else { return block }
        return .section(
            title,
            blocks.filter { if case .notices = $0 { false } else { true } }.map(withoutNotices))
    }

    // MARK: - The law

    private var lawBlocks: [Report.Block] {
        var blocks: [Report.Block] = []
        if let formula = law.formula { blocks.append(.formula(formula)) }
        var own = study
        // Beside a step, the coefficients of another law stand in the table of that step.
        if case .step? = study.beside?.alternative?.place { own.beside = nil }
        let coefficients = StudyCoefficients(study: own)
        blocks.append(.table(coefficients.table))
        blocks.append(.facts(coefficients.facts))
        return blocks
    }

    // The laws that predict inputs of this one, each as a law of its own.
    private var steps: [Report.Block] {
        (study.chain?.links ?? []).map { link in
            var step = Study(link.law, version: study.version)
            let at = study.predictions?.steps.first { $0.input == link.input }
            step.predictions = at?.predictions
            if let beside = study.beside, beside.alternative?.place == .step(link.input) {
                step.beside = Study.Beside(law: beside.law)
            }
            let coefficients = StudyCoefficients(study: step)
            var blocks: [Report.Block] = link.law.formula.map { [.formula($0)] } ?? []
            blocks += [.table(coefficients.table), .facts(coefficients.facts)]
            return .section("The step before: \(link.input) by \(link.law.id)", blocks)
        }
    }

    // MARK: - Data

    private var data: [Report.Block]? {
        guard let fit = law.fit else { return nil }
        let left = fit.omissions.reduce(0) { $0 + $1.count }
        var facts: [Report.Fact] = [
            .init("table", Words(fit.table)),
            .init("fitted", Words(law.observed(fit.observations))),
        ]
        if left > 0 {
            facts.append(.init("left out", Words(FitSetting.reasons(fit.omissions))))
        } else {
            facts.append(.init("left out", "none"))
        }
        if let condition = law.fitting.condition { facts.append(.init("only where", .code("\(condition)"))) }
        if let weights = law.fitting.weights { facts.append(.init("weights", .code("\(weights)"))) }
        var blocks: [Report.Block] = [.facts(facts)]
        let inputs = self.inputs
        if !inputs.rows.isEmpty { blocks.append(.table(inputs)) }
        return blocks
    }

    private var inputs: Report.Grid {
        var rows = law.inputs.map { input in
            [
                input.name, input.column.map { "\($0)" } ?? input.name,
                [input.unit, input.counting].compactMap(\.self).joined(separator: ", "),
                input.range.lower.isFinite ? Numbers.quantity(input.range.lower) : "-",
                input.range.upper.isFinite ? Numbers.quantity(input.range.upper) : "-", input.meaning ?? "",
            ]
        }
        if let response = law.response {
            rows.append([
                response.name, response.column.map { "\($0)" } ?? response.name, response.unit ?? "", "", "",
                response.meaning ?? "",
            ])
        }
        let titles: [Report.Grid.Column] = [
            .init("name", .left), .init("column", .left), .init("unit", .left), .init("least"), .init("largest"),
            .init("meaning", .left),
        ]
        // A column that says nothing is left out.
        let kept = titles.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        return Report.Grid(kept.map { titles[$0] }, rows: rows.map { row in kept.map { row[$0] } })
    }

    // MARK: - Methods

    private var methods: [Report.Block] {
        let paragraph = MethodsParagraph(study: study)
        var blocks: [Report.Block] = [.passage(paragraph.paragraphs)]
        if let command = study.command { blocks.append(.section("To repeat it", [.verbatim(command)])) }
        blocks.append(.section("References", [.verbatim(paragraph.references)]))
        return blocks
    }
}
