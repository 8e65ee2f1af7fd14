// What a profile likelihood found: the interval, and the curve that it was read from.

/// The profile likelihood of a number that follows from the parameters.
public struct Profile: Sendable {
    /// The best fit among those in which the estimand has one value.
    public struct Point: Hashable, Sendable {
        /// The value of the estimand.
        public let value: Double
        /// ± √F, with F = 2 (S − S_min)/φ: below zero where the value is below the estimate.
        public let root: Double
        /// The objective S there.
        public let objective: Double
        /// All parameters there: the curve through them is the way along which they trade against each other.
        public let parameters: [Double]
    }

    /// What was asked for.
    public let name: String
    /// Its value at the best fit.
    public let estimate: Double
    public let interval: ConfidenceInterval
    /// From the lower end to the upper one, the estimate among them.
    public let curve: [Point]
    /// Whether the data leave the value open altogether: another optimum, or a flat direction, gives another one.
    public let isIdentified: Bool
    /// Whether the way to both ends could be followed.
    public let isComplete: Bool
}
