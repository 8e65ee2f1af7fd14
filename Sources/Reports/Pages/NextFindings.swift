// What the page and the reply of the next runs are made from.

import Fitting
import Formulas
import Scaling

/// The next runs with the fit that they were chosen by.
public struct NextFindings: Sendable {
    public let next: NextRuns
    public let fit: Fit
    public let specification: Specification
    /// The law that was fitted again; nil for a formula.
    public let source: String?
    /// The points of the fitted rows, and what came out at each.
    public var runs: Points?
    public var observed: [Double] = []
    /// Runs that were bought and have not ended.
    public var underWay: Points?

    public init(next: NextRuns, fit: Fit, specification: Specification, source: String?) {
        self.next = next
        self.fit = fit
        self.specification = specification
        self.source = source
    }
}
