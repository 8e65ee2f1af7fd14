// Laws that call laws.

/// `law("hoffmann-2022", N = N_s, D = D_s)`: the prediction of another law with its published coefficients.
///
/// An argument gives the value of an input, which is required, or of a parameter, which then takes the place of the
/// published coefficient. The text of an input that is a label is quoted. Formulas know no laws: who has them puts the
/// called one in place by ``Formula/resolving(_:)``.
public struct LawCall: Hashable, Sendable {
    public struct Argument: Hashable, Sendable {
        public let name: String
        public let value: Expression
    }

    /// The called law, as far as its value needs it.
    public struct Callee: Hashable, Sendable {
        /// The law's formula, itself without a call that is not resolved.
        public let formula: Formula
        /// The coefficients by name: `alpha`, `E[C4]`.
        public let coefficients: [String: Double]
        /// What stands for parameters that are tied.
        public let ties: [String: Expression]

        public init(formula: Formula, coefficients: [String: Double], ties: [String: Expression] = [:]) {
            self.formula = formula
            self.coefficients = coefficients
            self.ties = ties
        }
    }

    public let name: String
    public let arguments: [Argument]
    /// Nil until the call is resolved.
    public internal(set) var callee: Callee?

    /// The argument of that name.
    public subscript(name: String) -> Expression? { arguments.first { $0.name == name }?.value }
}

extension Formula {
    /// Every call of a law that the formula makes, in order.
    public var lawCalls: [LawCall] {
        var calls: [LawCall] = []
        for expression in definitions.map(\.value) + [prediction] {
            _ = expression.mappingCalls { call in
                calls.append(call)
                return call
            }
        }
        return calls
    }

    /// The formula with every called law in place.
    ///
    /// - Parameter callee: the law that a call means; it may throw.
    public func resolving<Failure: Error>(_ callee: (LawCall) throws(Failure) -> LawCall.Callee) throws(Failure)
        -> Formula
    {
        if lawCalls.isEmpty { return self }
        func resolved(_ expression: Expression) throws(Failure) -> Expression {
            try expression.mappingCalls { (call) throws(Failure) in
                var call = call
                call.callee = try callee(call)
                return call
            }
        }
        var definitions: [Definition] = []
        for definition in self.definitions {
            definitions.append(Definition(name: definition.name, value: try resolved(definition.value)))
        }
        return Formula(
            definitions: definitions, response: response, prediction: try resolved(prediction), text: text,
            places: places)
    }
}

extension Expression {
    /// The expression with every call of a law replaced; the arguments of a call come before it.
    func mappingCalls<Failure: Error>(_ replace: (LawCall) throws(Failure) -> LawCall) throws(Failure) -> Expression {
        switch self {
        case .number, .label, .symbol, .bound, .member: return self
        case .negate(let operand): return .negate(try operand.mappingCalls(replace))
        case .not(let operand): return .not(try operand.mappingCalls(replace))
        case .binary(let operation, let left, let right):
            return .binary(operation, try left.mappingCalls(replace), try right.mappingCalls(replace))
        case .call(let function, let arguments):
            var mapped: [Expression] = []
            for argument in arguments { mapped.append(try argument.mappingCalls(replace)) }
            return .call(function, mapped)
        case .repetition(let it):
            return .repetition(
                Repetition(
                    operation: it.operation, index: it.index, from: it.from, to: it.to,
                    body: try it.body.mappingCalls(replace)))
        case .lookup(let lookup):
            var rows: [Lookup.Row] = []
            for row in lookup.rows {
                rows.append(Lookup.Row(key: row.key, value: try row.value.mappingCalls(replace)))
            }
            return .lookup(
                Lookup(
                    subject: try lookup.subject.mappingCalls(replace), rows: rows,
                    otherwise: try lookup.otherwise?.mappingCalls(replace)))
        case .curve(let call):
            var arguments: [Expression] = []
            for argument in call.arguments { arguments.append(try argument.mappingCalls(replace)) }
            return .curve(
                CurveCall(function: call.function, schedule: call.schedule, step: call.step, arguments: arguments))
        case .solve(let it):
            return .solve(
                Equation(
                    unknown: it.unknown, from: try it.from.mappingCalls(replace), to: try it.to.mappingCalls(replace),
                    left: try it.left.mappingCalls(replace), right: try it.right.mappingCalls(replace)))
        case .law(let call):
            var arguments: [LawCall.Argument] = []
            for argument in call.arguments {
                arguments.append(
                    LawCall.Argument(name: argument.name, value: try argument.value.mappingCalls(replace)))
            }
            return .law(try replace(LawCall(name: call.name, arguments: arguments, callee: call.callee)))
        }
    }
}
