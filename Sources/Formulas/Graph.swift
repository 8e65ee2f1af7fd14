// A formula as a graph with shared subexpressions: what is simplified, differentiated and compiled.
//
// Entries are stored in an order in which every operand comes before its use, so passes are loops and need no
// recursion. Equal entries are stored once: the derivatives of a law reuse nearly all of the law.
//
// A simplification here never changes a value beyond rounding, and never the sign of a zero, an infinity or a NaN:
// 0·x stays a product, because x may be infinite. The one exception is the range of doubles: a product that
// is put together in another order may leave it earlier or later. Powers have a file of their own.

/// A directed acyclic graph of operations over columns and parameters.
package struct Graph: Sendable {
    /// An entry of the graph: its position.
    package typealias Node = Int32

    enum Operation: UInt8, Hashable {
        case constant, column, parameter
        case negate, add, subtract, multiply, divide, power
        case unary  // `detail` is the position of the function in `Function.all`
        case minimum, maximum, less, lessOrEqual, equal, select
        case curve  // `detail` is its position in `curves`
        case unknown, root  // `detail` is how many equations stand around; see GraphRoot.swift
    }

    struct Entry: Hashable {
        var operation: Operation
        var detail: Int32 = 0  // of a column or parameter its position; of `unary` its function
        var a: Node = -1
        var b: Node = -1
        var c: Node = -1
        var bits: UInt64 = 0  // of a constant its value
    }

    /// What is known of an entry from its operands.
    struct Facts {
        var onRows: Bool  // differs between rows
        var onParameters: Bool
        var positive: Bool  // greater than zero wherever it is a number, but for underflow
        var truth = false  // 1 or 0 on every row
        var unknowns: UInt32 = 0  // of equations that this stands in, one bit each
    }

    private(set) var entries: [Entry] = []
    private(set) var facts: [Facts] = []
    private var known: [Entry: Node] = [:]
    private var inputPositions: [Input: Int] = [:]
    /// What each column leaf stands for.
    package private(set) var inputs: [Input] = []
    /// Functions of schedules, and the rates behind the inputs that name schedules.
    package var curves: [Curve] = []
    var scheduleRates: [Int: [[Double]]] = [:]

    /// A leaf that is read from a table.
    package enum Input: Hashable, Sendable {
        case column(String)
        /// 1 where the label column holds the label, else 0.
        case indicator(column: String, label: String)
        /// Which of the names the label column holds, counted from 0; −1 for another label.
        case schedule(column: String, names: [String])

        var isIndicator: Bool { if case .indicator = self { true } else { false } }
    }

    package init() {
        entries.reserveCapacity(64)
        facts.reserveCapacity(64)
        known.reserveCapacity(64)
    }

    // MARK: - Leaves

    package mutating func constant(_ value: Double) -> Node {
        intern(
            Entry(operation: .constant, bits: value.bitPattern),
            Facts(
                onRows: false, onParameters: false, positive: (value > 0 && value.isFinite) || value.isNaN,
                truth: value == 1 || value.bitPattern == 0))
    }

    /// The leaf for a column; `positive` says that every value of the bound column is greater than zero, and finite.
    package mutating func input(_ input: Input, positive: Bool) -> Node {
        let position = inputPositions[input] ?? inputs.count
        if position == inputs.count {
            inputs.append(input)
            inputPositions[input] = position
        }
        return intern(
            Entry(operation: .column, detail: Int32(position)),
            Facts(onRows: true, onParameters: false, positive: positive, truth: input.isIndicator))
    }

    /// The leaf for parameter family `position`; an indexed family takes the value that the row's label chooses.
    ///
    /// `positive` promises that no call of a program passes zero or less: a bound that includes 0 is not enough, since
    /// a power of 0 would then be the exponential of a multiple of ln 0.
    package mutating func parameter(_ position: Int, indexed: Bool, positive: Bool) -> Node {
        intern(
            Entry(operation: .parameter, detail: Int32(position), a: indexed ? 0 : -1),
            Facts(onRows: indexed, onParameters: true, positive: positive))
    }

    // MARK: - Arithmetic

    package mutating func add(_ a: Node, _ b: Node) -> Node {
        if let (x, y) = constants(a, b) { return constant(x + y) }
        if isNeutral(a, to: b) { return b }
        if isNeutral(b, to: a) { return a }
        if entries[Int(b)].operation == .negate { return subtract(a, entries[Int(b)].a) }
        if entries[Int(a)].operation == .negate { return subtract(b, entries[Int(a)].a) }
        return binary(.add, min(a, b), max(a, b), positive: positive(a) && positive(b))
    }

    package mutating func subtract(_ a: Node, _ b: Node) -> Node {
        if let (x, y) = constants(a, b) { return constant(x - y) }
        if let y = value(b), y == 0, y.sign == .plus { return a }
        if entries[Int(b)].operation == .negate { return add(a, entries[Int(b)].a) }
        return binary(.subtract, a, b, positive: false)
    }

    package mutating func negate(_ a: Node) -> Node {
        if let x = value(a) { return constant(-x) }
        let entry = entries[Int(a)]
        switch entry.operation {
        case .negate: return entry.a
        // The sign goes to the factor that costs one operation a call. A product of scalars keeps it outside: pushed
        // inwards it would copy chains of products.
        case .multiply where onRows(a) && !onRows(entry.a): return multiply(negate(entry.a), entry.b)
        default:
            return intern(
                Entry(operation: .negate, a: a),
                Facts(onRows: onRows(a), onParameters: onParameters(a), positive: false))
        }
    }

    package mutating func multiply(_ a: Node, _ b: Node) -> Node {
        if let (x, y) = constants(a, b) { return constant(x * y) }
        // Scalars to the left, so that they gather outside of the columns and cost one operation a call.
        let swap = onRows(a) != onRows(b) ? onRows(a) : (value(b) != nil || (value(a) == nil && a > b))
        let (left, right) = swap ? (b, a) : (a, b)
        if value(left) == 1 { return right }
        if value(left) == -1 { return negate(right) }
        let leftEntry = entries[Int(left)]
        let rightEntry = entries[Int(right)]
        if rightEntry.operation == .multiply, onRows(right), !onRows(rightEntry.a) {
            return onRows(left)
                ? multiply(rightEntry.a, multiply(left, rightEntry.b))
                : multiply(multiply(left, rightEntry.a), rightEntry.b)
        }
        if leftEntry.operation == .multiply, onRows(left), !onRows(leftEntry.a) {
            return multiply(leftEntry.a, multiply(leftEntry.b, right))
        }
        if rightEntry.operation == .negate { return negate(multiply(left, rightEntry.a)) }
        if leftEntry.operation == .negate, onRows(left) { return negate(multiply(leftEntry.a, right)) }
        return binary(.multiply, left, right, positive: positive(left) && positive(right))
    }

    package mutating func divide(_ a: Node, _ b: Node) -> Node {
        if let (x, y) = constants(a, b) { return constant(x / y) }
        if value(b) == 1 { return a }
        let divisor = entries[Int(b)]
        if divisor.operation == .unary, divisor.detail == Function.exponential {
            return multiply(a, apply(Function.exponential, to: negate(divisor.a)))
        }
        if !onRows(a), value(a) != 1, onRows(b) { return multiply(a, divide(constant(1), b)) }
        return binary(.divide, a, b, positive: positive(a) && positive(b))
    }

    // MARK: - Functions

    /// A function of one argument, by its position in `Function.all`.
    package mutating func apply(_ function: Int32, to a: Node) -> Node {
        if let x = value(a) { return constant(Program.fold(function, x)) }
        let entry = entries[Int(a)]
        // Also where exp would overflow: the identity holds for every real number.
        if function == Function.logarithm, entry.operation == .unary, entry.detail == Function.exponential {
            return entry.a
        }
        let always = function == Function.exponential || function == Function.sigmoid || function == Function.softplus
        return intern(
            Entry(operation: .unary, detail: function, a: a),
            Facts(
                onRows: onRows(a), onParameters: onParameters(a),
                positive: always || (function == Function.squareRoot && positive(a))))
    }

    /// 1 where neither is zero, else 0. One operation where both are 1 or 0 already, and so for `either`.
    package mutating func both(_ a: Node, _ b: Node) -> Node {
        guard isTruth(a), isTruth(b) else { return truth(select(a, truth(b), constant(0)), always: true) }
        return truth(multiply(a, b), always: true)
    }

    /// 1 where one of the two is not zero, else 0.
    package mutating func either(_ a: Node, _ b: Node) -> Node {
        guard isTruth(a), isTruth(b) else { return truth(select(a, constant(1), truth(b)), always: true) }
        return truth(maximum(a, b), always: true)
    }

    /// 1 where `a` is not zero, else 0; `always` says that `a` is that already.
    package mutating func truth(_ a: Node, always: Bool = false) -> Node {
        if isTruth(a) { return a }
        let node = always ? a : select(a, constant(1), constant(0))
        facts[Int(node)].truth = true
        return node
    }

    package mutating func minimum(_ a: Node, _ b: Node) -> Node {
        binary(.minimum, a, b, positive: positive(a) && positive(b))
    }

    package mutating func maximum(_ a: Node, _ b: Node) -> Node {
        binary(.maximum, a, b, positive: positive(a) || positive(b))
    }

    package mutating func less(_ a: Node, _ b: Node) -> Node { comparison(.less, a, b) }
    package mutating func lessOrEqual(_ a: Node, _ b: Node) -> Node { comparison(.lessOrEqual, a, b) }
    package mutating func equal(_ a: Node, _ b: Node) -> Node { comparison(.equal, a, b) }

    private mutating func comparison(_ operation: Operation, _ a: Node, _ b: Node) -> Node {
        truth(binary(operation, a, b, positive: false), always: true)
    }

    /// `yes` where `condition` is not zero, else `no`.
    package mutating func select(_ condition: Node, _ yes: Node, _ no: Node) -> Node {
        if let x = value(condition) { return x != 0 ? yes : no }
        if yes == no { return yes }
        if isTruth(condition), value(yes) == 1, value(no)?.bitPattern == 0 { return condition }
        return intern(
            Entry(operation: .select, a: condition, b: yes, c: no),
            Facts(
                onRows: onRows(condition) || onRows(yes) || onRows(no),
                onParameters: onParameters(condition) || onParameters(yes) || onParameters(no),
                positive: positive(yes) && positive(no)))
    }

    // MARK: - What is known

    /// The value of a constant entry, else nil.
    package func value(_ node: Node) -> Double? {
        let entry = entries[Int(node)]
        return entry.operation == .constant ? Double(bitPattern: entry.bits) : nil
    }

    package func onRows(_ node: Node) -> Bool { facts[Int(node)].onRows }
    package func onParameters(_ node: Node) -> Bool { facts[Int(node)].onParameters }
    package func positive(_ node: Node) -> Bool { facts[Int(node)].positive }

    func isTruth(_ node: Node) -> Bool { facts[Int(node)].truth }

    // −0 changes nothing that it is added to, and +0 only −0.
    private func isNeutral(_ zero: Node, to other: Node) -> Bool {
        guard let value = value(zero), value == 0 else { return false }
        return value.sign == .minus || positive(other)
    }

    // MARK: - Storage

    func constants(_ a: Node, _ b: Node) -> (Double, Double)? {
        guard let x = value(a), let y = value(b) else { return nil }
        return (x, y)
    }

    mutating func binary(_ operation: Operation, _ a: Node, _ b: Node, positive: Bool) -> Node {
        if let (x, y) = constants(a, b) { return constant(Program.fold(operation, x, y)) }
        return intern(
            Entry(operation: operation, a: a, b: b),
            Facts(
                onRows: onRows(a) || onRows(b), onParameters: onParameters(a) || onParameters(b), positive: positive))
    }

    mutating func intern(_ entry: Entry, _ entryFacts: Facts) -> Node {
        if let node = known[entry] { return node }
        let node = Node(entries.count)
        entries.append(entry)
        facts.append(entryFacts)
        facts[Int(node)].unknowns = unknowns(of: entry)
        known[entry] = node
        return node
    }

    private func unknowns(of entry: Entry) -> UInt32 {
        switch entry.operation {
        case .constant, .column, .parameter: return 0
        case .unknown: return 1 << UInt32(entry.detail)
        default:
            var all: UInt32 = 0
            if entry.a >= 0 { all |= facts[Int(entry.a)].unknowns }
            if entry.b >= 0 { all |= facts[Int(entry.b)].unknowns }
            if entry.c >= 0 {
                let equation = facts[Int(entry.c)].unknowns
                all |= entry.operation == .root ? equation & ~(1 << UInt32(entry.detail)) : equation
            }
            return all
        }
    }
}
