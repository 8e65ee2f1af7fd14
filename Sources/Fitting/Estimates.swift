// What a fit gives and a paper reports: parameter values, and how sure they are.

/// Values of parameters with, where it is known, their covariance.
public struct Estimates: Hashable, Sendable {
    /// The parameters' names: `alpha`, `E[C4]`.
    public let names: [String]
    public let values: [Double]
    /// The covariance matrix, row by row in the order of `names`, or nil where none is known. A parameter at a bound
    /// has variance zero.
    public let covariance: [Double]?
    /// Observations less free parameters; infinite where an interval is to be normal rather than Student's t.
    public let degreesOfFreedom: Double

    public init(names: [String], values: [Double], covariance: [Double]? = nil, degreesOfFreedom: Double = .infinity)
    {
        precondition(names.count == values.count)
        precondition(covariance.map { $0.count == names.count * names.count } ?? true)
        self.names = names
        self.values = values
        self.covariance = covariance
        self.degreesOfFreedom = degreesOfFreedom
    }

    public subscript(name: String) -> Double? { names.firstIndex(of: name).map { values[$0] } }

    /// √covariance[k, k], in the order of `names`.
    public var standardErrors: [Double]? {
        covariance.map { matrix in names.indices.map { matrix[$0 * names.count + $0].squareRoot() } }
    }
}
