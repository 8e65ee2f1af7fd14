// Residuals as large as the noise: each freed of its own pull on the fit.
//
// A fit bends towards every run, so its residuals are smaller than the noise. For squared loss the corrections are known:
// r/√(1 − h), whose variance is that of the noise, and r/(1 − h), the residual of the fit without the run, which is safer
// where each run stands for its own noise (HC2 and HC3; MacKinnon & White 1985). By the leverage h they fail for a loss
// near the absolute one: as many residuals as there are parameters are zero, whatever h is, and stay zero. The fit
// without the run holds for every loss: its residual d there is the noise plus the error of that fit. Its spread is
// larger than that of the noise by √(1 + κh/(1 − h)), κ the variance factor of the loss (1 for squares), so that
// d/√(1 + κh/(1 − h)) is r/√(1 − h) again for squares. For small h and absolute loss d is r + h·ψ/f(0), the correction of
// Feng, He & Hu (2011). By cluster the fits are without the cluster (MacKinnon, Nielsen & Webb 2023).

import Formulas

/// The residuals of a fit on the scale of the noise, with what is needed to make responses from them.
struct FreedResiduals {
    /// The rows, those of frequency f listed f times; nil for all of them once.
    let rows: [Int32]?
    /// Precisions of the listed rows, nil where all are 1.
    let weights: [Double]?
    /// g(f) of the listed rows.
    let fitted: [Double]
    /// The freed residuals of the listed rows.
    let values: [Double]
    let spread: Spread
    private let loss: Loss

    /// More fits without a run than this cost more than they tell: then no run pulls much.
    private static let mostGroups = 1_000
    private static let mostRefittedRows = 2_000_000
    /// Rows beyond this many are not listed one by one.
    private static let mostListed = 1_000_000

    /// - Parameter shrinks: whether their spread is to be that of the noise; else they are those of the fits without the
    ///   run.
    /// - Throws: ``FitError/unusableOption(_:value:reason:)`` where residuals say nothing of noise.
    init(_ fit: Fit, _ clusters: Clusters?, kind: String, shrinks: Bool) throws(FitError) {
        let problem = fit.problem
        loss = problem.loss
        guard fit.degreesOfFreedom > 0 else {
            throw .unusableOption(
                "--bootstrap", value: kind,
                reason: "\(Numeral.significant(fit.observations, digits: 6)) observations for "
                    + "\(problem.parameters.count) parameters leave no residual to draw; add runs")
        }
        rows = clusters == nil ? try Self.listed(problem, kind) : nil
        let isFrequency = problem.weightMeaning == .frequency
        let place: (Int) -> Int = { [rows] row in rows.map { Int($0[row]) } ?? row }
        let count = rows?.count ?? problem.response.count
        let weights =
            isFrequency && clusters == nil ? nil : problem.weights.map { all in (0..<count).map { all[place($0)] } }
        self.weights = weights
        let objective = Objective(problem)
        let residuals = objective.residuals(fit.coefficients)
        let pulled = (0..<count).map { residuals[place($0)] }
        fitted = (0..<count).map { problem.response[place($0)] - residuals[place($0)] }
        spread = Spread(problem, residuals, fit.observations - fit.degreesOfFreedom)
        let groups = clusters?.members ?? (0..<count).map { [$0] }
        // By degrees of freedom, where no run pulls much or its pull cannot be measured.
        let factor = (fit.observations / fit.degreesOfFreedom).squareRoot()
        var (freed, shrunk) = (pulled.map { $0 * factor }, pulled.map { $0 * factor })
        if groups.count <= Self.mostGroups, groups.count * count <= Self.mostRefittedRows {
            let leverage = Leverage(objective, fit)
            let listed = rows ?? (0..<count).map(Int32.init)
            let response = listed.map { problem.response[Int($0)] }
            let refit = Refit(fit)
            let varianceFactor = Self.varianceFactor(loss, spread)
            for group in groups {
                let without = Self.without(group, listed, response, weights)
                guard case .success(let minimum) = refit.minimum(of: without) else { continue }
                let rest = leverage.residuals(minimum.parameters, group.map(place))
                guard rest.allSatisfy(\.isFinite) else { continue }
                let less = leverage.shrunk(rest, group.map(place), factor: varianceFactor)
                for (k, row) in group.enumerated() { (freed[row], shrunk[row]) = (rest[k], less[k]) }
            }
        }
        // Noise that large has been seen; what lies beyond is the error of a fit that lost a run it could not do without.
        let typical = 1.4826 * Self.middle(shrunk.map(\.magnitude), .absolute)
        let scaled = shrinks ? shrunk : freed
        values = scaled.indices.map { row in
            let most = max(Self.mostNoise * typical, pulled[row].magnitude * factor)
            return min(max(scaled[row], -most), most)
        }
    }

    // In standard deviations.
    private static let mostNoise = 6.0

    // All rows but those of a group.
    private static func without(
        _ group: [Int], _ listed: [Int32], _ response: [Double], _ weights: [Double]?
    ) -> Resample {
        var keep = [Bool](repeating: true, count: listed.count)
        for row in group { keep[row] = false }
        func kept<T>(_ all: [T]) -> [T] { zip(all, keep).compactMap { $1 ? $0 : nil } }
        return Resample(rows: kept(listed), weights: weights.map(kept), response: kept(response))
    }

    // A row that stands for f equal runs has f independent residuals.
    private static func listed(_ problem: Problem, _ kind: String) throws(FitError) -> [Int32]? {
        guard problem.weightMeaning == .frequency, let frequencies = problem.weights else { return nil }
        guard frequencies.allSatisfy({ $0 == $0.rounded() }), problem.observations <= Double(mostListed) else {
            throw .unusableOption(
                "--bootstrap", value: kind,
                reason: "it draws the residual of every run, so frequencies must be whole numbers with a sum of at "
                    + "most \(mostListed); use pairs or bayesian")
        }
        return frequencies.indices.flatMap { Array(repeating: Int32($0), count: Int(frequencies[$0])) }
    }

    // κ: the variance of an estimate, in units of that of least squares.
    private static func varianceFactor(_ loss: Loss, _ spread: Spread) -> Double {
        if loss == .squared { return 1 }
        let ratio = spread.variance / (spread.noise * spread.noise)
        return ratio.isFinite ? min(max(ratio, 1), .pi / 2) : 1
    }

    // MARK: - Responses

    /// The rows with g(y) = g(f) + e*.
    func resample(_ problem: Problem, noise: (Int) -> Double) -> Resample {
        Resample(rows: rows, weights: weights, response: fitted.indices.map { fitted[$0] + noise($0) })
    }

    /// The place t with Σ ψ(e − t) = 0: what the loss takes for the middle of these numbers.
    static func middle(_ values: [Double], _ loss: Loss) -> Double {
        func slope(_ t: Double) -> Double {
            values.reduce(0) { total, value in
                let r = value - t
                switch loss {
                case .squared: return total + r
                case .huber(let delta): return total + min(max(r, -delta), delta)
                case .absolute: return total + (r > 0 ? 1 : r < 0 ? -1 : 0)
                case .quantile(let q): return total + (r > 0 ? q : r < 0 ? q - 1 : 0)
                }
            }
        }
        guard var low = values.min(), var high = values.max() else { return 0 }
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if slope(middle) > 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}
