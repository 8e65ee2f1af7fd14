// What runs are bought for: the law's value somewhere, the optimum of a budget, or a formula of parameters.

import Fitting
import Formulas

/// A number that is to be known better.
public enum RunTarget: Hashable, Sendable {
    /// The law's value at a point.
    case value(Point)
    /// The best value of an input for a budget, in the unit of the cost.
    case optimum(input: String, budget: Double)
    /// `beta/(alpha+beta)`.
    case parameters(Formula)

    /// Reads `loss at N=70B, D=1.4T`, `optimal N at 1e24` or a formula of parameters.
    ///
    /// - Throws: ``ScalingError/next(_:)``, and the errors of points.
    public init(_ text: String, for law: Law) throws(ScalingError) {
        let response = law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "loss"
        guard let split = text.range(ofWord: "at") else {
            do { self = .parameters(try Formula(ofParameters: text)) } catch {
                throw .next(.unreadableTarget(text, problem: "\(error)"))
            }
            return
        }
        let (head, tail) = (text[..<split.lowerBound].trimmedSpaces, text[split.upperBound...].trimmedSpaces)
        let words = head.split(separator: " ")
        if words.count == 2, words[0] == "optimal" {
            guard let budget = Quantity.parse(tail), budget > 0, budget.isFinite else {
                throw .next(.notABudget(tail, target: text))
            }
            guard law.input(String(words[1]))?.isLabel == false else {
                throw .next(
                    .optimumNeeds(
                        String(words[1]), law: law.id, problem: ScalingError.inputs(law.id, law.inputsWithUnits)))
            }
            self = .optimum(input: String(words[1]), budget: budget)
            return
        }
        guard head.isEmpty || head == response else { throw .next(.otherResponse(head, response: response)) }
        let points = try Points(tail, for: law, option: "--target", before: "\(response) at ")
        guard points.count == 1 else { throw .next(.severalTargets(text, count: points.count)) }
        self = .value(points[0])
    }

    /// As it is asked for: `loss at N = 70B, D = 1.4T`.
    public func name(_ law: Law) -> String {
        switch self {
        case .value(let point): "\(law.response?.name ?? "loss") at \(point.text(law))"
        case .optimum(let input, let budget): "optimal \(input) at \(Numeral.quantity(budget, digits: 6))"
        case .parameters(let formula): "\(formula)"
        }
    }
}

extension Points {
    /// Points that were typed after an option: what is missing is asked for there.
    ///
    /// - Parameter before: what stands before the points there.
    package init(_ text: String, for law: Law, option: String, before: String = "") throws(ScalingError) {
        do {
            try self.init(text, for: law)
        } catch .missingInputs(let missing, let law, let inputs) {
            let rest = missing.map { ", \(Symbol($0))=…" }.joined()
            throw .next(.incomplete("\(option) '\(before)\(text)\(rest)'", missing, law: law, inputs: inputs))
        }
    }
}

extension Point {
    /// `N = 70B, D = 1.4T`, in the order of a law's inputs.
    package func text(_ law: Law, digits: Int = 6) -> String {
        law.inputs.compactMap { input in
            switch self[input.name] {
            case .number(let value): "\(input.name) = \(Numeral.quantity(value, digits: digits))"
            case .label(let label): "\(input.name) = \(label)"
            case nil: nil
            }
        }.joined(separator: ", ")
    }
}

extension String {
    /// The first place where a word stands between spaces, or begins the text.
    fileprivate func range(ofWord word: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex(of: " ") ?? endIndex
            if self[start..<end] == word { return start..<end }
            start = end == endIndex ? end : index(after: end)
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmedSpaces: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
