// Equations as loops of a program.
//
// The entries that depend on an unknown are the body of a loop; all others are computed once, before it. A body may be
// shared by two equations and is then written out in both.

extension ProgramCompiler {
    mutating func emitRoot(_ position: Int, _ entry: Graph.Entry) {
        let depth = Int(entry.detail)
        let outside = rowInstructions
        rowInstructions = []
        let unknown = rowRegisters.take()
        loopDepth += 1
        var taken = [unknown]
        let body = body(of: entry.c, depth)
        for node in body {
            if graph.entries[Int(node)].operation == .unknown {
                places[Int(node)] = .register(unknown)
            } else if !isFused(node) {
                emit(Int(node))
                if case .register(let register)? = places[Int(node)] { taken.append(register) }
            }
        }
        loopDepth -= 1
        loops.append(
            Program.Loop(
                instructions: rowInstructions, unknown: .register(unknown), equation: place(entry.c),
                isOutermost: loopDepth == 0))
        rowInstructions = outside
        for node in body { places[Int(node)] = nil }
        for register in Set(taken).sorted() { giveBackRow(register) }
        append(position, .root(loop: loops.count - 1), place(entry.a), place(entry.b), .scalar(0))
    }

    // The entries between unknown `depth` and the equation that no loop inside of this one computes.
    private func body(of equation: Graph.Node, _ depth: Int) -> [Graph.Node] {
        let bit = UInt32(1) << UInt32(depth)
        var reached = Set<Graph.Node>([equation])
        var pending = [equation]
        while let node = pending.popLast() {
            for operand in graph.operands(node)
            where graph.unknowns(operand) & bit != 0 && reached.insert(operand).inserted { pending.append(operand) }
        }
        return reached.filter { graph.unknowns($0) < bit << 1 }.sorted()
    }
}
