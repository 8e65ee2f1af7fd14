// What a law keeps of a profile likelihood.

import Fitting

/// The interval of one number by profile likelihood, and the curve that it was read from.
public struct SavedProfile: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var value: Double
        /// ± √F; see `Profile.Point`.
        public var root: Double

        public init(value: Double, root: Double) {
            self.value = value
            self.root = root
        }
    }

    /// A parameter, a formula of parameters, or the law at a point.
    public var name: String
    public var estimate: Double
    public var interval: ConfidenceInterval
    /// Whether the data choose a value at all.
    public var isIdentified: Bool
    /// Whether the way to both ends could be followed.
    public var isComplete: Bool
    /// In ascending order of `value`.
    public var curve: [Point]

    public init(
        name: String, estimate: Double, interval: ConfidenceInterval, isIdentified: Bool = true,
        isComplete: Bool = true, curve: [Point] = []
    ) {
        self.name = name
        self.estimate = estimate
        self.interval = interval
        self.isIdentified = isIdentified
        self.isComplete = isComplete
        self.curve = curve
    }

    public init(_ profile: Profile) {
        self.init(
            name: profile.name, estimate: profile.estimate, interval: profile.interval,
            isIdentified: profile.isIdentified, isComplete: profile.isComplete,
            curve: profile.curve.map { Point(value: $0.value, root: $0.root) })
    }
}
