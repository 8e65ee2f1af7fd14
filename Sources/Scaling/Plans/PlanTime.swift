// How long a plan takes, and what it is paid with.

import Formulas

/// The time and money of a plan on accelerators.
public struct PlanTime: Sendable {
    public let fleet: Fleet
    /// Hours of one accelerator.
    public let hours: Plan.Value
    /// Days of the whole fleet; nil where its number is not known.
    public let days: Plan.Value?
    /// Nil where no price is known.
    public let dollars: Plan.Value?

    /// The time of training: operations / (peak × utilisation).
    ///
    /// - Parameter price: dollars for an hour of one accelerator.
    /// - Returns: nil for a plan whose cost is not made of operations.
    public init?(_ plan: Plan, _ fleet: Fleet, price: Double? = nil) {
        guard plan.cost != nil else { return nil }
        self.fleet = fleet
        let operations = plan.training ?? plan.spent
        func scaled(_ factor: Double) -> Plan.Value {
            Plan.Value(
                operations.value * factor, lower: operations.lower.map { $0 * factor },
                upper: operations.upper.map { $0 * factor })
        }
        let perOperation = fleet.hours(operations: 1)
        hours = scaled(perOperation)
        days = fleet.count.map { scaled(perOperation / (24 * $0)) }
        dollars = price.map { scaled(perOperation * $0) }
    }
}
