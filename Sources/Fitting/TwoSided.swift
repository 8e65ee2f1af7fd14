// Equations with parameters on both sides, said as an equation for what was measured.

import Formulas

extension FitError {
    /// The fault of `(y - e)/(c - y)^a ~ b*x^k`, with the law that is meant: y is the z at which both sides are equal.
    ///
    /// - Parameter unmeasured: the names left of `~` that are no columns.
    /// - Returns: nil where the left side has no column, or more than one.
    static func twoSided(_ formula: Formula, unmeasured: [String]) -> FitError? {
        guard let left = formula.response else { return nil }
        let names = left.symbols.map(\.name)
        let columns = Set(names).subtracting(unmeasured)
        guard columns.count == 1, let measured = columns.first else { return nil }
        let taken = Set(names + formula.symbols.map(\.name) + formula.definitions.map(\.name))
        let unknown = ["z", "e", "u"].first { !taken.contains($0) } ?? "unknown"
        func text(_ side: Expression) -> String {
            let whole = Formula(definitions: [], response: nil, prediction: side)
            return "\(whole.mappingSymbols { $0.name == measured ? Symbol(unknown) : $0 })"
        }
        let parameters = unmeasured.indices.filter { unmeasured.firstIndex(of: unmeasured[$0]) == $0 }
        return .twoSided(
            parameters: parameters.map { unmeasured[$0] }, measured: measured,
            implicit: "\(measured) ~ solve(\(unknown), FROM, TO, \(text(left)) == \(text(formula.prediction)))")
    }
}
