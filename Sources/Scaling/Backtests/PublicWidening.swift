// The widening that the product ships: learned on public tables by the command `extrapolation --learn`.

extension Widening {
    /// A table that the shipped widening was learned from.
    public struct Source: Hashable, Sendable {
        /// Who published the runs, and where.
        public let name: String
        /// Corpora, set-ups, routers, tasks or curves.
        public let groups: Int
        /// What the widening would have to be multiplied by to hold nine in ten of this table's runs.
        public let factor: Double
    }

    /// The default, learned on all of ``publicSources``; docs/extrapolation.md says how, and how it scores on each
    /// table when it is learned without it.
    public static let publicTables = Widening(
        name: "public-tables-1", rate: 0.152, offset: 0.601, multiple: 1.57, priorWeight: 0.606, nearness: 1,
        tail: 100)

    /// The tables, in alphabetical order. Their factors spread by a fifth (standard deviation of the logarithm 0.19).
    public static let publicSources = [
        Source(name: "Chinchilla, digitized (Besiroglu et al. 2024)", groups: 1, factor: 0.944),
        Source(name: "data-constrained runs (Muennighoff et al. 2023)", groups: 1, factor: 0.649),
        Source(name: "isoFLOP curves (Porian et al. 2024)", groups: 15, factor: 0.914),
        Source(name: "learning curves (Alabdulmohsin et al. 2022)", groups: 48, factor: 1.2),
        Source(name: "over-trained runs (Gadre et al. 2024)", groups: 3, factor: 0.856),
        Source(name: "routed models (Clark et al. 2022)", groups: 3, factor: 0.763),
        Source(name: "task ladder (Bhagia et al. 2024)", groups: 11, factor: 0.937),
    ]

    /// How far several of the public tables tested it, in times the largest fitted scale.
    public static let publicReach = 100.0
}
