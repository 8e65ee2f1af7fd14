// The functions of the language, one row a function. To add one, add a row.

import VectorMath

/// A function of the formula language.
public struct Function: Sendable {
    /// What is typed.
    public let name: String
    /// How many arguments it takes.
    public let arity: ClosedRange<Int>
    /// One line of help.
    public let summary: String
    /// Its LaTeX, an operator name unless stated.
    let latex: String
    let meaning: Meaning

    enum Meaning: Sendable {
        /// Runs by a kernel of its own; `derivative` is given the argument x and the value y.
        case kernel(
            @Sendable (vm_kernels) -> Kernel.Unary,
            derivative: @Sendable (inout Graph, _ x: Graph.Node, _ y: Graph.Node) -> Graph.Node)
        /// Is written in terms of other operations.
        case expansion(@Sendable (inout Graph, [Graph.Node]) -> Graph.Node)
    }

    /// Every function, in alphabetical order.
    public static let all: [Function] = [
        .kernel("abs", latex: "", "absolute value", { $0.absolute }) { g, x, _ in
            let negative = g.less(x, g.constant(0))
            return g.select(negative, g.constant(-1), g.constant(1))
        },
        .kernel("atan", latex: "\\arctan", "arc tangent, in radians", { $0.arctangent }) { g, x, _ in
            let square = g.multiply(x, x)
            return g.divide(g.constant(1), g.add(g.constant(1), square))
        },
        .expansion("clamp", 3...3, "clamp(x, low, high): x held between low and high") { g, arguments in
            g.minimum(g.maximum(arguments[0], arguments[1]), arguments[2])
        },
        .kernel("cos", latex: "\\cos", "cosine of radians", { $0.cosine }) { g, x, _ in
            g.negate(g.apply(position("sin"), to: x))
        },
        .kernel("exp", latex: "\\exp", "e to the power of x", { $0.exponential }) { _, _, y in y },
        .kernel("expm1", "exp(x) - 1, accurate near zero", { $0.expm1 }) { g, x, _ in g.apply(exponential, to: x) },
        .kernel("ln", latex: "\\ln", "natural logarithm", { $0.logarithm }) { g, x, _ in g.divide(g.constant(1), x) },
        .kernel("log10", latex: "\\log_{10}", "logarithm to base 10", { $0.log10 }) { g, x, _ in
            g.divide(g.constant(0.434294481903251827651), x)
        },
        .kernel("log1p", "ln(1 + x), accurate near zero", { $0.log1p }) { g, x, _ in
            g.divide(g.constant(1), g.add(g.constant(1), x))
        },
        .kernel("log2", latex: "\\log_2", "logarithm to base 2", { $0.log2 }) { g, x, _ in
            g.divide(g.constant(1.442695040888963407360), x)
        },
        .expansion("max", 2...16, latex: "\\max", "the largest of its arguments") { g, arguments in
            arguments.dropFirst().reduce(arguments[0]) { g.maximum($0, $1) }
        },
        .expansion("min", 2...16, latex: "\\min", "the smallest of its arguments") { g, arguments in
            arguments.dropFirst().reduce(arguments[0]) { g.minimum($0, $1) }
        },
        .kernel("sigmoid", latex: "\\sigma", "1 / (1 + exp(-x))", { $0.sigmoid }) { g, _, y in
            g.multiply(y, g.subtract(g.constant(1), y))
        },
        .kernel("sin", latex: "\\sin", "sine of radians", { $0.sine }) { g, x, _ in
            g.apply(position("cos"), to: x)
        },
        .kernel("softplus", "ln(1 + exp(x))", { $0.softplus }) { g, x, _ in g.apply(sigmoid, to: x) },
        .kernel("sqrt", latex: "\\sqrt", "square root", { $0.square_root }) { g, _, y in
            g.divide(g.constant(0.5), y)
        },
        .kernel("tanh", latex: "\\tanh", "hyperbolic tangent", { $0.tanh }) { g, _, y in
            g.subtract(g.constant(1), g.multiply(y, y))
        },
    ]

    /// The function of that name, or nil.
    public static func named(_ name: String) -> Function? { byName[name].map { all[Int($0)] } }

    /// "1 argument", "2 to 16 arguments".
    var arityInWords: String {
        arity.count == 1
            ? "\(arity.lowerBound) argument\(arity.lowerBound == 1 ? "" : "s")"
            : "\(arity.lowerBound) to \(arity.upperBound) arguments"
    }

    // Positions that the graph's simplifications name.
    static let exponential = position("exp")
    static let logarithm = position("ln")
    static let squareRoot = position("sqrt")
    static let sigmoid = position("sigmoid")
    static let softplus = position("softplus")

    private static let byName = Dictionary(uniqueKeysWithValues: all.indices.map { (all[$0].name, Int32($0)) })

    static func position(_ name: String) -> Int32 {
        guard let position = byName[name] else { preconditionFailure("no function is called \(name)") }
        return position
    }

    private static func kernel(
        _ name: String, latex: String? = nil, _ summary: String,
        _ kernel: @escaping @Sendable (vm_kernels) -> Kernel.Unary,
        derivative: @escaping @Sendable (inout Graph, Graph.Node, Graph.Node) -> Graph.Node
    ) -> Function {
        Function(
            name: name, arity: 1...1, summary: summary, latex: latex ?? "\\operatorname{\(name)}",
            meaning: .kernel(kernel, derivative: derivative))
    }

    private static func expansion(
        _ name: String, _ arity: ClosedRange<Int>, latex: String? = nil, _ summary: String,
        _ expand: @escaping @Sendable (inout Graph, [Graph.Node]) -> Graph.Node
    ) -> Function {
        Function(
            name: name, arity: arity, summary: summary, latex: latex ?? "\\operatorname{\(name)}",
            meaning: .expansion(expand))
    }
}

extension Function: Hashable {
    public static func == (left: Function, right: Function) -> Bool { left.name == right.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
