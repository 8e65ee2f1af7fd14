// The linear system of one Newton step: variables on the solver's scale, bounds that hold, eliminated parameters.

extension NewtonSolver {
    struct System {
        /// The parameters that move in the outer step, and those eliminated from it.
        let outer: [Int]
        private let inner: [Int]
        private let solver: NewtonSolver
        private let state: State
        private let slopes: [Double]
        private let gradient: [Double]  // outer, on the solver's scale
        private let promisedInside: Double  // what a step of the eliminated parameters alone promises
        private let hessian: SymmetricMatrix
        private let companion: SymmetricMatrix
        private let damped: [Double]  // the scale on which damping is equal for all

        init(_ solver: NewtonSolver, _ state: State) {
            self.solver = solver
            self.state = state
            let evaluation = state.evaluation
            let movable = state.parameters.indices.filter { k in
                if solver.frozen.contains(k) { return false }
                let (bound, value, slope) = (solver.bounds[k], state.parameters[k], evaluation.gradient[k])
                if bound.lower == bound.upper { return false }
                return !(value <= bound.lower && slope > 0) && !(value >= bound.upper && slope < 0)
            }
            let eliminated = Set(solver.eliminated)
            outer = movable.filter { !eliminated.contains($0) }
            inner = movable.filter { eliminated.contains($0) }
            let slopes = state.parameters.indices.map { solver.scales[$0].slope(state.parameters[$0]) }
            self.slopes = slopes
            // The eliminated parameters are at their optimum only to rounding; what is left of their gradient matters
            // where the reduced problem is ill-conditioned: g_o − H_oi H_ii⁻¹ g_i.
            var reduced = outer.map { evaluation.gradient[$0] }
            var left = 0.0
            if !inner.isEmpty, let factor = Self.factor(evaluation.hessian, inner) {
                let rest = inner.map { evaluation.gradient[$0] }
                let solution = factor.solve(rest)
                for (i, row) in outer.enumerated() {
                    for (k, column) in inner.enumerated() {
                        reduced[i] -= evaluation.hessian[row, column] * solution[k]
                    }
                }
                left = 0.5 * zip(rest, solution).reduce(0) { $0 + $1.0 * $1.1 }
            }
            promisedInside = max(0, left)
            gradient = zip(outer, reduced).map { slopes[$0] * $1 }
            var hessian = evaluation.hessian.selecting(outer)
            var companion = evaluation.companion.selecting(outer)
            if !inner.isEmpty {
                Self.reduce(&hessian, evaluation.hessian, outer, inner)
                Self.reduce(&companion, evaluation.companion, outer, inner)
            }
            for (i, row) in outer.enumerated() {
                for (j, column) in outer.enumerated() {
                    hessian[i, j] *= slopes[row] * slopes[column]
                    companion[i, j] *= slopes[row] * slopes[column]
                }
                if case .logarithmic = solver.scales[row] { hessian[i, i] += gradient[i] }
            }
            self.hessian = hessian
            self.companion = companion
            damped = (0..<outer.count).map { k in
                let curvature = max(companion[k, k], hessian[k, k].magnitude * 1e-8)
                return curvature > 0 ? curvature.squareRoot() : 1
            }
        }

        // The inner problem is convex; where it is flat along some direction, any place on that is an optimum.
        private static func factor(_ matrix: SymmetricMatrix, _ inner: [Int]) -> CholeskyFactor? {
            let selected = matrix.selecting(inner)
            return selected.factored() ?? selected.factored(damping: Self.flat)
        }

        // Curvature below this share of a parameter's own is rounding.
        private static let flat = 1e-10

        // A_oo − A_oi A_ii⁻¹ A_io; left as it is where A_ii is not finite.
        private static func reduce(
            _ reduced: inout SymmetricMatrix, _ full: SymmetricMatrix, _ outer: [Int], _ inner: [Int]
        ) {
            guard let factor = factor(full, inner) else { return }
            for (j, column) in outer.enumerated() {
                let solution = factor.solve(inner.map { full[$0, column] })
                for (i, row) in outer.enumerated() {
                    for (k, eliminated) in inner.enumerated() { reduced[i, j] -= full[row, eliminated] * solution[k] }
                }
            }
            reduced.mirror()
        }

        /// ½ gᵀH⁻¹g, what an undamped Newton step promises; nil unless H is positive definite.
        func promisedDecrease() -> Double? { step(exact: true, damping: 0).map { $0.promise + promisedInside } }

        /// The same where the Hessian may be singular to rounding, as it is when parameters cannot be told apart; nil
        /// where it is indefinite, so that no small promise makes a saddle a minimum.
        func promisedDecreaseIfNotSaddle() -> Double? {
            promisedDecrease() ?? step(exact: true, damping: Self.flat).map { $0.promise + promisedInside }
        }

        /// Where the Hessian is indefinite, the unit direction of its most negative curvature.
        func wayOffSaddle() -> [Double]? {
            guard hessian.elements.allSatisfy(\.isFinite) else { return nil }
            var scaled = hessian
            for i in damped.indices { for j in damped.indices { scaled[i, j] /= damped[i] * damped[j] } }
            guard let lowest = scaled.eigenpairs().first, lowest.value < -Self.flat else { return nil }
            return zip(lowest.vector, damped).map { $0 / $1 }
        }

        func step(exact: Bool, damping: Double) -> Step? {
            let matrix = exact ? hessian : companion
            guard let factor = matrix.factored(damping: damping, scale: damped) else { return nil }
            let vector = factor.solve(gradient).map { -$0 }
            guard vector.allSatisfy(\.isFinite) else { return nil }
            // −g·s − ½ sᵀMs, with M the undamped matrix
            let curved = matrix.multiplied(by: vector)
            var promise = 0.0
            for k in vector.indices { promise -= vector[k] * (gradient[k] + 0.5 * curved[k]) }
            return promise >= 0 ? Step(vector: vector, promise: promise) : nil
        }

        /// The parameters after a step of the outer variables; the eliminated ones follow to first order.
        func moved(by step: [Double]) -> [Double] {
            var result = state.parameters
            for (i, k) in outer.enumerated() {
                let scale = solver.scales[k]
                result[k] = solver.bounds[k].clamped(
                    scale.moved(result[k], by: step[i], most: solver.isSearching ? 3 : .infinity))
            }
            guard !inner.isEmpty, let factor = Self.factor(state.evaluation.hessian, inner) else { return result }
            let hessian = state.evaluation.hessian
            let pushed = inner.map { row in
                state.evaluation.gradient[row]
                    + outer.enumerated().reduce(0.0) { $0 + hessian[row, $1.1] * slopes[$1.1] * step[$1.0] }
            }
            for (k, shift) in zip(inner, factor.solve(pushed)) {
                result[k] = solver.bounds[k].clamped(result[k] - shift)
            }
            return result
        }
    }
}
