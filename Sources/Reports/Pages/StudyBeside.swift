// Another law beside the one that answers: its coefficients, and what it says where that one is asked.

import Fitting
import Formulas
import Scaling

struct StudyBeside {
    let study: Study
    private let beside: Study.Beside

    /// Nil where no law is shown beside.
    init?(study: Study) {
        guard let beside = study.beside else { return nil }
        (self.study, self.beside) = (study, beside)
    }

    var law: Law { beside.law }

    /// The law that it stands beside: of several steps the one that predicts the same.
    private var own: Law {
        guard case .step(let input)? = beside.alternative?.place else { return study.law }
        return study.chain?.links.first { $0.input == input }?.law ?? study.law
    }

    /// Whether both are the same function of the same names: then their coefficients mean the same.
    var sharesForm: Bool {
        guard let own = own.formula, let other = law.formula else { return false }
        return own.prediction == other.prediction
    }

    /// By the name of the parameter, each to the digits that its standard error justifies.
    var coefficients: [String: String] {
        guard let known = try? law.estimates() else { return [:] }
        var written: [String: String] = [:]
        for (place, name) in known.names.enumerated() {
            let error = known.covariance.map { $0[place * known.names.count + place].squareRoot() }
            written[name] =
                Numbers.estimate(
                    known.values[place], standardError: error.flatMap { $0 > 0 ? $0 : nil }
                ).value
        }
        return written
    }

    var section: Report.Block {
        var blocks: [Report.Block] = [.sentence(opening)]
        if !sharesForm {
            if let formula = law.formula { blocks.append(.formula(formula)) }
            blocks.append(.table(StudyCoefficients(study: Study(law, version: study.version)).table))
        }
        let answers = answers
        if let lack = beside.lack {
            blocks.append(.sentence(Words("It is shown and not asked: \(lack).")))
        } else if study.predictions != nil, beside.predictions == nil {
            let steps =
                study.chain == nil ? "" : ": it predicts neither what both steps do, nor what one of them does"
            blocks.append(
                .sentence(Words("It has other inputs or another unit, and is not asked the same question\(steps).")))
        }
        if !answers.rows.isEmpty { blocks.append(.table(answers)) }
        return .section("Beside \(law.id)", blocks)
    }

    private var opening: Words {
        let source = law.citation.map { " (\($0))" } ?? ""
        let form =
            sharesForm
            ? "has the same form; its coefficients stand in the table above."
            : "is written otherwise, so that its coefficients are not compared one by one."
        return Words("\(law.title)\(source) \(form)\(place)")
    }

    // What it stands for beside laws in steps.
    private var place: String {
        guard let chain = study.chain, let alternative = beside.alternative else { return "" }
        let inputs = chain.links.map(\.input).joined(separator: " and ")
        return switch alternative.place {
        case .whole: " It predicts \(study.response) without \(inputs)."
        case .last: " It reads \(inputs) as the law does, from the same steps."
        case .step(let input): " It stands in place of the step before, by which \(input) is predicted."
        }
    }

    // What both say of the same question.
    private var answers: Report.Grid {
        let answers = StudyAnswers(study: study)
        var rows: [[String]] = []
        func compare(_ what: String, _ own: Predictions?, _ other: Predictions?) {
            guard let own, let other, own.count == other.count else { return }
            for (prediction, published) in zip(own, other).prefix(8) {
                let value = prediction.interval.map { Numbers.interval(prediction.value, $0.lower, $0.upper).0 }
                rows.append([
                    "\(what) at \(answers.place(prediction))", value ?? Numbers.value(prediction.value),
                    prediction.interval.map { ends in
                        let written = Numbers.interval(prediction.value, ends.lower, ends.upper)
                        return "\(written.1)..\(written.2)"
                    } ?? "-", Numbers.short(published.value, digits: 5),
                ])
            }
        }
        compare(study.response, study.predictions, beside.predictions)
        if case .step(let input)? = beside.alternative?.place {
            func step(_ predictions: Predictions?) -> Predictions? {
                predictions?.steps.first { $0.input == input }?.predictions
            }
            compare(input, step(study.predictions), step(beside.predictions))
        }
        if let own = study.plan, let other = beside.plan {
            for choice in own.choices where choice.role == .free || choice.role == .tied {
                guard let published = other[choice.input.name]?.value else { continue }
                let ends = choice.value.lower.flatMap { low in
                    choice.value.upper.map {
                        "\(Numbers.quantity(low, digits: 3))..\(Numbers.quantity($0, digits: 3))"
                    }
                }
                rows.append([
                    "best \(choice.input.name) \(answers.goal(own))", Numbers.quantity(choice.value.value),
                    ends ?? "-",
                    Numbers.quantity(published.value),
                ])
            }
        }
        return Report.Grid(
            [.init("answer", .left), .init("this law"), .init("interval"), .init(law.id)], rows: rows)
    }
}
