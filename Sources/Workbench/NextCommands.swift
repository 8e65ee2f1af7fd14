// What to type after a fit: the question that it was made for.

import Formulas
import Reports
import Scaling
import Tables

enum NextCommands {
    /// A prediction ten times above the largest run; saving comes before it where the fit was not saved.
    static func after(_ law: Law, _ table: Table, saved: String?) -> [String] {
        if let (schedule, step) = law.formula?.scheduleColumns.first {
            return curves(law, besides: [schedule, step], saved: saved)
        }
        let point = law.inputs.map { input in
            guard !input.isLabel else { return "\(input.name)=\(label(input, table))" }
            let largest = input.range.upper
            let wanted = largest.isFinite && largest > 0 ? largest * 10 : 1
            return "\(input.name)=\(Numbers.quantity(wanted, digits: 1))"
        }
        let predict = "allometry predict \(named(saved ?? "mine.law")) --at '\(point.joined(separator: ", "))'"
        return saved == nil ? ["allometry fit … --save mine.law", predict] : [predict]
    }

    // For a law of whole curves: another schedule, to be compared with those that ran.
    private static func curves(_ law: Law, besides names: [String], saved: String?) -> [String] {
        let others = law.inputs.filter { !names.contains($0.name) }.map { "\($0.name)=…" }
        let at = others.isEmpty ? "" : " --at '\(others.joined(separator: ", "))'"
        let predict =
            "allometry predict \(named(saved ?? "mine.law")) --schedule 'cosine peak=… warmup=… steps=…'\(at)"
        return saved == nil ? ["allometry fit … --save mine.law", predict] : [predict]
    }

    private static func label(_ input: LawInput, _ table: Table) -> String {
        let column = input.column.map { "\($0)" } ?? input.name
        return table[column]?.labels().names.first ?? "…"
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
