// What a bootstrap draws anew.

/// The kinds of bootstrap: what is drawn, and so which noise the draws allow for.
public enum BootstrapKind: Hashable, Sendable {
    /// Rows, with replacement, each with its inputs and its response (Efron 1979). Any noise that is independent between
    /// rows, but the design varies as well: too few rows leave parameters undetermined in some replicates.
    case pairs
    /// Whole clusters of rows, with replacement. Any dependence within a cluster.
    case cluster(Clusters)
    /// Signs: each residual, freed of its own pull on the fit, is kept or turned (Wu 1986; Feng, He & Hu 2011 for
    /// absolute loss). The design is kept; noise may differ between rows, and must be symmetric. By cluster, the
    /// residuals of a cluster move together by one of Webb's (2023) six factors.
    case wild(Clusters?)
    /// Residuals, dealt to other rows. The design is kept; noise must be alike on all rows (with precisions as weights,
    /// alike after division by its standard deviation).
    case residual
    /// Normal noise of the estimated scale.
    case parametric
    /// Weights: exponential numbers in place of counts (Rubin 1981), so that no row ever vanishes. By cluster, one
    /// number a cluster.
    case bayesian(Clusters?)

    /// The clusters that it keeps together.
    public var clusters: Clusters? {
        switch self {
        case .cluster(let clusters): clusters
        case .wild(let clusters), .bayesian(let clusters): clusters
        case .pairs, .residual, .parametric: nil
        }
    }
}

extension BootstrapKind: CustomStringConvertible {
    /// As it is asked for, without the number of draws: `pairs`, `wild:run`.
    public var description: String {
        let name =
            switch self {
            case .pairs: "pairs"
            case .cluster: "cluster"
            case .wild: "wild"
            case .residual: "residual"
            case .parametric: "parametric"
            case .bayesian: "bayesian"
            }
        return clusters.map { "\(name):\($0.column)" } ?? name
    }
}
