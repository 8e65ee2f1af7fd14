// Published coefficients, how sure they are, and values that a law must give.

import Formulas

/// How sure a coefficient is: where it was read.
public enum Certainty: String, Hashable, Sendable, CaseIterable {
    /// Read in the paper.
    case exactText = "EXACT-TEXT"
    /// Read in the paper's source, code or data.
    case exactCode = "EXACT-CODE"
    /// Computed again from published data.
    case recomputed = "RECOMPUTED"
    /// Read in somebody else's paper.
    case secondary = "SECONDARY"
    /// Remembered, not read.
    case memoryHigh = "MEMORY-high"
    case memoryMiddle = "MEMORY-mid"
    case memoryLow = "MEMORY-low"
    /// Only the abstract was read.
    case abstract = "ABSTRACT"
    /// Invented to show the shape of the formula: the source prints no coefficients.
    case illustration = "ILLUSTRATION"

    /// Whether predictions carry the warning `uncertain-coefficients`.
    public var isUncertain: Bool {
        switch self {
        case .exactText, .exactCode, .recomputed: false
        case .secondary, .memoryHigh, .memoryMiddle, .memoryLow, .abstract, .illustration: true
        }
    }
}

/// One value of a parameter: `alpha = 0.34`, `E[C4] = 1.7`.
public struct Coefficient: Hashable, Sendable {
    /// Labels of an indexed parameter are joined by a comma and a space: `beta[en_de, w30]`.
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}

/// Coefficients that a source reports together.
public struct LawSet: Hashable, Sendable {
    public var name: String
    /// Whether this set is used unless another is named.
    public var isDefault: Bool
    public var values: [Coefficient]
    public var data: String?
    public var objective: String?
    public var uncertainty: String?
    public var range: String?
    public var certainty: Certainty?
    public var source: String?
    public var note: String?

    public init(_ name: String, isDefault: Bool = false, values: [Coefficient]) {
        self.name = name
        self.isDefault = isDefault
        self.values = values
    }

    /// The value of exactly this name, or nil.
    public subscript(name: String) -> Double? { values.first { $0.name == name }?.value }
}

/// A value that the law must give.
public struct LawGolden: Hashable, Sendable {
    public var point: Point
    /// Nil for the default set.
    public var set: String?
    public var value: Double
    /// Relative.
    public var tolerance: Double
    /// Who says so.
    public var provenance: String?

    /// The tolerance of a golden that states none.
    public static let defaultTolerance = 1e-7

    public init(
        at point: Point, set: String? = nil, value: Double, tolerance: Double = defaultTolerance,
        provenance: String? = nil
    ) {
        self.point = point
        self.set = set
        self.value = value
        self.tolerance = tolerance
        self.provenance = provenance
    }
}
