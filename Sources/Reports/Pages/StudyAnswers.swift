// What a reader came for: the first numbers of a report, and the question before them.

import Fitting
import Formulas
import Scaling

struct StudyAnswers {
    let study: Study

    /// More predictions than this stand in their table alone.
    private static let most = 3

    private var law: Law { study.law }

    // MARK: - The question

    var question: Words {
        if let question = study.question { return Words(question) }
        var asked: [String] = []
        if let predictions = study.predictions, predictions.count > 0 {
            let place = predictions.count == 1 ? self.place(predictions[0]) : "\(predictions.count) points"
            asked.append("what \(study.response) there will be at \(place)")
        }
        if let plan = study.plan {
            switch plan.goal {
            case .budget(let budget):
                asked.append("how \(Numbers.quantity(budget))\(unit(plan)) are best spent")
            case .response(let target):
                asked.append("what \(study.response) = \(Numbers.short(target, digits: 6)) costs at least")
            case .none: asked.append("which sizes are best")
            }
        }
        if asked.isEmpty { asked.append("what the law says") }
        let by: String
        if let fit = law.fit {
            by = "a law fitted to \(law.observed(fit.observations)) of \(Picture.fileName(fit.table))"
        } else {
            by = [law.id, law.citation].compactMap(\.self).joined(separator: ", ")
        }
        let through = study.chain.map { ", through \($0.links.map(\.law.id).joined(separator: " and "))" } ?? ""
        let isLooking = !study.isAsked && (study.predictions != nil || study.plan != nil)
        let why = !isLooking ? "" : " Nothing was asked, so this looks ten times beyond the largest run."
        return Words(
            "The question: \(asked.joined(separator: ", and ")). The answer is that of \(by)\(through).\(why)")
    }

    func unit(_ plan: Plan) -> String { plan.conventions.contains { $0.hasSuffix(" FLOP") } ? " FLOP" : "" }

    // MARK: - The answers

    var cards: [Report.Answer] { predicted + planned }

    private var predicted: [Report.Answer] {
        guard let predictions = study.predictions else { return [] }
        let percent = Numbers.short(predictions.level * 100, digits: 4)
        let what = predictions.kind == .mean ? "the law's value" : "a new run"
        return predictions.prefix(Self.most).map { prediction in
            var note: [String] = []
            var (value, ends) = (Numbers.value(prediction.value), "")
            if let interval = prediction.interval {
                let written = Numbers.interval(prediction.value, interval.lower, interval.upper)
                (value, ends) = (written.0, "\(written.1)..\(written.2)\(measure)")
                note.append("\(percent) % for \(what)")
            }
            if let distance = prediction.distance { note.append(Self.away(distance)) }
            return Report.Answer(
                "\(study.response) at \(place(prediction))", value,
                interval: ends.isEmpty ? String(measure.dropFirst()) : ends,
                note: note.joined(separator: "; "))
        }
    }

    // Beside the interval, where it has room.
    private var measure: String { law.response?.unit.map { " \($0)" } ?? "" }

    private var planned: [Report.Answer] {
        guard let plan = study.plan else { return [] }
        let percent = Numbers.short(plan.level * 100, digits: 4)
        let goal = goal(plan)
        var cards = plan.choices.filter { $0.role == .free || $0.role == .tied }.prefix(Self.most).map { choice in
            var (ends, note) = ("", [String]())
            if let low = choice.value.lower, let high = choice.value.upper {
                ends = "\(Numbers.quantity(low, digits: 3))..\(Numbers.quantity(high, digits: 3))"
                note.append("\(percent) %")
            }
            if let distance = choice.distance { note.append(Self.away(distance)) }
            return Report.Answer(
                "best \(choice.input.name) \(goal)", Numbers.quantity(choice.value.value), interval: ends,
                note: note.joined(separator: "; "))
        }
        if let low = plan.response.lower, let high = plan.response.upper {
            let written = Numbers.interval(plan.response.value, low, high)
            cards.append(
                Report.Answer(
                    "\(study.response) of that plan", written.0,
                    interval: "\(written.1)..\(written.2)\(measure)",
                    note: "\(percent) % for the law's value"))
        } else {
            cards.append(
                Report.Answer("\(study.response) of that plan", Numbers.short(plan.response.value, digits: 5)))
        }
        return cards
    }

    /// What a plan is for: `for 1e23 FLOP`.
    func goal(_ plan: Plan) -> String {
        switch plan.goal {
        case .budget(let budget): "for \(Numbers.quantity(budget))\(unit(plan))"
        case .response(let target): "for \(study.response) = \(Numbers.short(target, digits: 6))"
        case .none: "of all"
        }
    }

    func place(_ prediction: Prediction) -> String {
        (study.chain?.asked ?? law).inputs.compactMap { input in
            switch prediction.point[input.name] {
            case .number(let value)?: "\(input.name) = \(Numbers.quantity(value))"
            case .label(let label)?: label.count > 40 ? nil : "\(input.name) = \(label)"
            case nil: nil
            }
        }.joined(separator: ", ")
    }

    private static func away(_ factor: Double) -> String {
        factor <= 1
            ? "inside of the data"
            : factor.isFinite ? "×\(Numbers.short(factor, digits: 3)) beyond the data" : "outside of the data"
    }
}
