// What to type after a fit: the question that it was made for.

import Formulas
import Reports
import Scaling
import Tables

enum NextCommands {
    /// A prediction ten times above the largest run, and for a law of N and D a plan of as much compute; saving comes
    /// before them where the fit was not saved.
    static func after(_ law: Law, _ table: Table, saved: String?) -> [String] {
        if let (schedule, step) = law.formula?.scheduleColumns.first {
            return curves(law, besides: [schedule, step], saved: saved)
        }
        let file = named(saved ?? "mine.law")
        var commands = ["allometry predict \(file) --at \(quoted(farther(law, table)))"]
        if let budget = budget(law) {
            commands.append("allometry plan \(file) --flops \(Numbers.quantity(budget, digits: 1))")
        }
        return saved == nil ? ["allometry fit … --save mine.law"] + commands : commands
    }

    /// Ten times the largest value of every input, as a point is typed: `N=10B, D=200B`.
    static func farther(_ law: Law, _ table: Table) -> String {
        let farther = FartherPoint(law, columns: law.columns)
        let chosen = law.fitting.condition.flatMap { try? table.values(of: $0.prediction) }
        let rows = chosen.map { chosen in chosen.indices.filter { chosen[$0] != 0 && !chosen[$0].isNaN } }
        var point = farther.point(table, rows: rows) { (try? law.predict($0)) != nil } ?? farther.numbers
        for input in law.inputs where point[input.name] == nil { point[input.name] = .label("…") }
        return law.typed(point) { Numbers.quantity($0, digits: 1) }
    }

    /// The compute of a run ten times the largest in N and in D; nil for a law without them.
    static func budget(_ law: Law) -> Double? {
        guard let size = law.input("N")?.range.upper, let data = law.input("D")?.range.upper, size.isFinite,
            data.isFinite
        else { return nil }
        return 600 * size * data
    }

    // For a law of whole curves: another schedule, to be compared with those that ran.
    private static func curves(_ law: Law, besides names: [String], saved: String?) -> [String] {
        let others = law.inputs.filter { !names.contains($0.name) }.map { "\(Symbol($0.name))=…" }
        let at = others.isEmpty ? "" : " --at '\(others.joined(separator: ", "))'"
        let file = named(saved ?? "mine.law")
        let commands = [
            "allometry predict \(file) --schedule 'cosine peak=… warmup=… steps=…'\(at)", "allometry report \(file)",
        ]
        return saved == nil ? ["allometry fit … --save mine.law"] + commands : commands
    }

    // A word without slash and .law would be looked up in the atlas.
    private static func named(_ path: String) -> String {
        quoted(path.contains("/") || path.hasSuffix(".law") ? path : "./" + path)
    }

    /// A word of a shell, in quotes where it needs them.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x2B && byte <= 0x3A)
                    || byte == 0x5F
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
