// From a law to what a fit asks for.

import Fitting
import Formulas

extension Law {
    /// What is fitted when the law is fitted again: its formula, loss, residual, weights, condition, bounds, fixed
    /// values, ties and starts, with its inputs declared, so that none turns into a parameter.
    ///
    /// - Parameter columns: what a name of the formula stands for in the table, where the table calls it otherwise;
    ///   ``columns`` are those of the saved fit.
    /// - Throws: ``ScalingError/claimHasNoFormula(id:)``.
    public func specification(columns: [String: Formula] = [:]) throws(ScalingError) -> Specification {
        guard let formula else { throw noFormula }
        var specification = Specification(formula: formula)
        specification.columns = columns
        specification.declaredInputs = Dictionary(inputs.map { ($0.name, $0.unit ?? "") }) { first, _ in first }
        specification.condition = fitting.condition
        specification.loss = fitting.loss ?? specification.loss
        specification.residual = fitting.residual ?? specification.residual
        specification.weights = fitting.weights
        specification.weightMeaning = fitting.weightMeaning ?? specification.weightMeaning
        specification.bounds = bounds
        specification.fixed = fixedValues
        specification.ties = ties
        specification.priors = fitting.priors
        specification.starts = table(\.start)
        return specification
    }

    /// The estimates of a set, of the saved fit, or of the default set.
    ///
    /// - Parameter set: the name of a set; nil takes the saved fit, else the default set.
    /// - Returns: values without covariance for a set; nothing at all for a formula without parameters.
    /// - Throws: ``ScalingError/unknownSet(_:law:sets:)``, ``ScalingError/noCoefficients(id:)``,
    ///   ``ScalingError/claimHasNoFormula(id:)``.
    public func estimates(set name: String? = nil) throws(ScalingError) -> Estimates {
        if formula == nil { throw noFormula }
        if name == nil, let fit { return fit.estimates }
        guard let set = try coefficientSet(name) else { return Estimates(names: [], values: []) }
        return Estimates(names: set.values.map(\.name), values: set.values.map(\.value))
    }

    /// The set of that name, or the default one; nil for a formula without free parameters.
    func coefficientSet(_ name: String?) throws(ScalingError) -> LawSet? {
        guard let name else {
            if let set = defaultSet { return set }
            let held = Set(fixedValues.keys).union(ties.keys)
            if parameterSymbols.allSatisfy({ held.contains($0.name) }) { return nil }
            throw .noCoefficients(id: id)
        }
        guard let set = sets.first(where: { $0.name == name }) else {
            throw .unknownSet(name, law: id, sets: sets.map(\.name))
        }
        return set
    }
}
