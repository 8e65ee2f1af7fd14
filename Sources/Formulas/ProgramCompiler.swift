// From a graph to the three instruction lists of a program.

import VectorMath

/// Registers that are handed out again once nobody reads them.
struct RegisterPool {
    private(set) var count = 0
    private var free: [Int] = []

    mutating func take() -> Int {
        if let register = free.popLast() { return register }
        count += 1
        return count - 1
    }

    mutating func giveBack(_ register: Int) { free.append(register) }
}

struct ProgramCompiler {
    let graph: Graph
    private let tierRoots: [[Graph.Node]]
    private let kernels: vm_kernels

    private(set) var scalarInstructions: [Program.Instruction] = []
    private(set) var hoistedInstructions: [Program.Instruction] = []
    var rowInstructions: [Program.Instruction] = []
    private(set) var tiers: [Program.Tier] = []
    private(set) var outputs: [Program.Output] = []
    private(set) var scalars: [Double] = []
    private(set) var parameterSlots: [(family: Int, slot: Int)] = []
    var loops: [Program.Loop] = []
    var loopDepth = 0
    private(set) var curves: [Program.CurveInstruction] = []
    private(set) var hoistedCount = 0
    private(set) var hoistedRegisters = RegisterPool()
    var rowRegisters = RegisterPool()

    var places: [Program.Operand?]
    var uses: [Int]
    private var kept: [Bool]  // outputs, and column-only entries that row instructions or outputs read
    private var fused: [Bool]  // products that run inside the instruction that uses them
    // By that instruction's position; `uses` is counted down during emission, so this is decided once, before it.
    private var productOf: [Int: Graph.Node] = [:]

    init(_ graph: Graph, _ tierRoots: [[Graph.Node]], _ kernels: vm_kernels) {
        self.graph = graph
        self.tierRoots = tierRoots
        self.kernels = kernels
        let count = graph.entries.count
        places = Array(repeating: nil, count: count)
        uses = Array(repeating: 0, count: count)
        kept = Array(repeating: false, count: count)
        fused = Array(repeating: false, count: count)
    }

    mutating func compile() {
        let strippedTiers = tierRoots.map { $0.map(strip) }
        let stripped = strippedTiers.flatMap(\.self)
        func needed(_ outputs: [(scale: Graph.Node?, base: Graph.Node?)]) -> [Bool] {
            graph.reachable(from: outputs.flatMap { [$0.scale, $0.base].compactMap(\.self) })
        }
        for output in stripped { if let base = output.base { kept[Int(base)] = true } }
        countUses(needed(stripped))
        // Tier by tier, so that a call that needs the first tier only can stop after it.
        var emitted = [Bool](repeating: false, count: graph.entries.count)
        for outputs in strippedTiers {
            let reached = needed(outputs)
            for position in graph.entries.indices
            where reached[position] && !fused[position] && !emitted[position] && graph.facts[position].unknowns == 0 {
                emitted[position] = true
                emit(position)
            }
            tiers.append(
                Program.Tier(
                    scalarCount: scalarInstructions.count, curveCount: curves.count, rowCount: rowInstructions.count))
        }
        let one = scalarSlot(1)
        outputs = stripped.map { output in
            Program.Output(
                scale: output.scale.map(place) ?? .scalar(one), base: output.base.map(place))
        }
    }

    // Splits a node into a factor that is the same on all rows and the rest.
    private func strip(_ root: Graph.Node) -> (scale: Graph.Node?, base: Graph.Node?) {
        guard graph.onRows(root) else { return (root, nil) }
        let entry = graph.entries[Int(root)]
        if entry.operation == .multiply, !graph.onRows(entry.a) { return (entry.a, entry.b) }
        return (nil, root)
    }

    private mutating func countUses(_ reached: [Bool]) {
        for position in graph.entries.indices where reached[position] {
            for operand in graph.operands(Graph.Node(position)) {
                // What an equation reads is read again and again: it keeps its register to the end.
                uses[Int(operand)] += graph.facts[position].unknowns != 0 ? Self.forever : 1
                if isRow(position), isHoisted(operand) { kept[Int(operand)] = true }
            }
        }
        for position in graph.entries.indices where reached[position] && isRow(position) {
            if let product = fusibleProduct(position) {
                fused[Int(product)] = true
                productOf[position] = product
                let factor = graph.entries[Int(product)].b
                if isHoisted(factor) { kept[Int(factor)] = true }
            }
        }
    }

    // exp(s·v) and s·v + w run as one instruction where nobody else reads the product s·v.
    private func fusibleProduct(_ position: Int) -> Graph.Node? {
        let entry = graph.entries[position]
        func fits(_ node: Graph.Node) -> Bool {
            let product = graph.entries[Int(node)]
            return product.operation == .multiply && !graph.onRows(product.a) && isRow(Int(node))
                && uses[Int(node)] == (graph.facts[position].unknowns == 0 ? 1 : Self.forever) && !kept[Int(node)]
                && graph.facts[Int(node)].unknowns == graph.facts[position].unknowns
        }
        if entry.operation == .unary, entry.detail == Function.exponential, fits(entry.a) { return entry.a }
        if entry.operation == .add, graph.onRows(entry.a), graph.onRows(entry.b) {
            if fits(entry.a) { return entry.a }
            if fits(entry.b) { return entry.b }
        }
        return nil
    }

    private func isRow(_ position: Int) -> Bool {
        graph.facts[position].onRows && graph.facts[position].onParameters
    }

    private func isHoisted(_ node: Graph.Node) -> Bool {
        let facts = graph.facts[Int(node)]
        return facts.onRows && !facts.onParameters && graph.entries[Int(node)].operation != .column
    }

    private static let forever = 1 << 32

    // What the instruction of an entry reads. The equation of a root is run by its loop.
    private func operands(_ position: Int) -> [Graph.Node] {
        let operands = graph.operands(Graph.Node(position))
        return graph.entries[position].operation == .root ? Array(operands.prefix(2)) : operands
    }

    // MARK: - Emission

    mutating func emit(_ position: Int) {
        let entry = graph.entries[position]
        switch entry.operation {
        case .constant:
            places[position] = .scalar(scalarSlot(Double(bitPattern: entry.bits)))
        case .column:
            places[position] = .column(Int(entry.detail))
        case .curve:
            let arguments = graph.operands(Graph.Node(position)).map { place($0) }
            curves.append(Program.CurveInstruction(curve: graph.curves[Int(entry.detail)], arguments: arguments))
            places[position] = .curve(curves.count - 1)
        case .parameter where entry.a < 0:
            scalars.append(0)
            parameterSlots.append((Int(entry.detail), scalars.count - 1))
            places[position] = .scalar(scalars.count - 1)
        case .parameter:
            append(position, .gather(family: Int(entry.detail)), .scalar(0), .scalar(0), .scalar(0))
        default:
            emitOperation(position, entry)
        }
    }

    private mutating func emitOperation(_ position: Int, _ entry: Graph.Entry) {
        if let product = productOf[position] {
            let (scale, vector) = (graph.entries[Int(product)].a, graph.entries[Int(product)].b)
            if entry.operation == .unary {
                return append(position, .vs(kernels.exponential_scaled), place(vector), place(scale), .scalar(0))
            }
            let addend = entry.a == product ? entry.b : entry.a
            return append(
                position, .multiplyAdd(kernels.multiply_add_vsv), place(vector), place(scale), place(addend))
        }
        switch entry.operation {
        case .negate:
            append(position, .unary(kernels.negate), place(entry.a), .scalar(0), .scalar(0))
        case .unary:
            guard case .kernel(let kernel, _) = Function.all[Int(entry.detail)].meaning else { return }
            append(position, .unary(kernel(kernels)), place(entry.a), .scalar(0), .scalar(0))
        case .root: emitRoot(position, entry)
        case .select:
            let parts = [entry.a, entry.b, entry.c].map { spread($0, like: position) }
            for (part, node) in zip(parts, [entry.a, entry.b, entry.c]) where part != place(node) {
                if case .register(let register) = part { giveBack(register, of: position) }
            }
            append(position, .select(kernels.select_vvv), parts[0], parts[1], parts[2])
        default:
            emitBinary(position, entry)
        }
    }

    private mutating func emitBinary(_ position: Int, _ entry: Graph.Entry) {
        let shapes = Kernel.binary(entry.operation, kernels)
        let (a, b) = (place(entry.a), place(entry.b))
        let (aIsScalar, bIsScalar) = (!graph.onRows(entry.a), !graph.onRows(entry.b))
        if aIsScalar == bIsScalar {
            append(position, .vv(shapes.vv), a, b, .scalar(0))
        } else if bIsScalar {
            append(position, .vs(shapes.vs), a, b, .scalar(0))
        } else if let sv = shapes.sv {
            append(position, .sv(sv), a, b, .scalar(0))
        } else {
            append(position, .vs(shapes.vs), b, a, .scalar(0))
        }
    }

    // A scalar operand of an operation that only takes columns is written out over a register of its own.
    private mutating func spread(_ node: Graph.Node, like position: Int) -> Program.Operand {
        let operand = place(node)
        guard graph.facts[position].onRows, !graph.onRows(node) else { return operand }
        let row = isRow(position)
        let register = Program.Operand.register(row ? rowRegisters.take() : hoistedRegisters.take())
        let fill = Program.Instruction(
            kernel: .fill(kernels.fill), destination: register, a: operand, b: .scalar(0), c: .scalar(0))
        if row { rowInstructions.append(fill) } else { hoistedInstructions.append(fill) }
        return register
    }

    mutating func append(
        _ position: Int, _ kernel: Kernel, _ a: Program.Operand, _ b: Program.Operand, _ c: Program.Operand
    ) {
        // Operands first: a kernel may write over what it reads. Inside of a loop nothing is released.
        if loopDepth == 0 { release(position) }
        let facts = graph.facts[position]
        let destination: Program.Operand
        if !facts.onRows {
            scalars.append(0)
            destination = .scalar(scalars.count - 1)
        } else if facts.onParameters {
            destination = .register(rowRegisters.take())
        } else if kept[position] {
            destination = .column(graph.inputs.count + hoistedCount)
            hoistedCount += 1
        } else {
            destination = .register(hoistedRegisters.take())
        }
        places[position] = destination
        let instruction = Program.Instruction(kernel: kernel, destination: destination, a: a, b: b, c: c)
        if !facts.onRows {
            scalarInstructions.append(instruction)
        } else if facts.onParameters {
            rowInstructions.append(instruction)
        } else {
            hoistedInstructions.append(instruction)
        }
    }

    // Counts down the uses of what was just read; a register that nobody reads again is handed back.
    private mutating func release(_ position: Int) {
        var read = operands(position)
        for operand in read where fused[Int(operand)] { read += operands(Int(operand)) }
        for operand in read where !fused[Int(operand)] {
            uses[Int(operand)] -= 1
            guard uses[Int(operand)] == 0, !kept[Int(operand)], case .register(let register)? = places[Int(operand)]
            else { continue }
            giveBack(register, of: Int(operand))
        }
    }

    func isFused(_ node: Graph.Node) -> Bool { fused[Int(node)] }

    mutating func giveBackRow(_ register: Int) { rowRegisters.giveBack(register) }

    mutating func giveBack(_ register: Int, of position: Int) {
        if isRow(position) { rowRegisters.giveBack(register) } else { hoistedRegisters.giveBack(register) }
    }

    func place(_ node: Graph.Node) -> Program.Operand {
        guard let place = places[Int(node)] else { preconditionFailure("an operand is emitted before its use") }
        return place
    }

    private mutating func scalarSlot(_ value: Double) -> Int {
        scalars.append(value)
        return scalars.count - 1
    }
}
