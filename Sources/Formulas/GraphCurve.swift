// Functions of whole schedules in the graph: columns that depend on a few numbers, with their derivatives.

extension Graph {
    /// A function of schedules with the orders of its derivatives by each of its arguments.
    package struct Curve: Hashable, Sendable {
        package let function: CurveFunction
        /// The inputs of the schedules' codes and of the steps.
        package let schedule: Int
        package let step: Int
        package var orders: [Int]
    }

    /// The input that holds the number of a row's schedule, and the rates behind each number.
    mutating func schedules(_ column: String, _ rates: [String: [Double]]) -> Int {
        let names = rates.keys.sorted()
        _ = input(.schedule(column: column, names: names), positive: false)
        let position = inputs.firstIndex(of: .schedule(column: column, names: names)) ?? 0
        scheduleRates[position] = names.map { rates[$0] ?? [] }
        return position
    }

    mutating func curve(_ curve: Curve, _ arguments: [Node]) -> Node {
        let position = curves.firstIndex(of: curve) ?? curves.count
        if position == curves.count { curves.append(curve) }
        func argument(_ k: Int) -> Node { k < arguments.count ? arguments[k] : -1 }
        let isSum = curve.function == .ratesum || curve.function == .rate
        return intern(
            Entry(operation: .curve, detail: Int32(position), a: argument(0), b: argument(1), c: argument(2)),
            Facts(onRows: true, onParameters: true, positive: isSum))
    }

    /// Σ ∂/∂argument · argument′
    mutating func curveDerivative(_ node: Node, _ slopes: [Node]) -> Node {
        let entry = entries[Int(node)]
        let arguments = operands(node)
        var total = constant(0)
        for (k, slope) in slopes.enumerated() where value(slope) != 0 {
            var curve = curves[Int(entry.detail)]
            curve.orders[k] += 1
            let term = multiply(slope, self.curve(curve, arguments))
            total = value(total) == 0 ? term : add(total, term)
        }
        return total
    }

    /// Whether the language has a text for it: all but the derivatives of functions of schedules.
    func isWritten(_ node: Node) -> Bool {
        let entry = entries[Int(node)]
        return entry.operation != .curve || curves[Int(entry.detail)].orders.allSatisfy { $0 == 0 }
    }
}
