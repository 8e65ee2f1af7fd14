// What to type after a fit: the question that it was made for.

import Fitting
import Formulas
import Reports
import Scaling

enum NextCommands {
    /// A prediction ten times above the largest run; saving comes before it where the fit was not saved.
    static func after(_ fit: Fit, _ law: Law, saved: String?) -> [String] {
        let point = law.inputs.map { input in
            guard !input.isLabel else { return "\(input.name)=\(label(input.name, fit) ?? "…")" }
            let largest = input.range.upper
            let wanted = largest.isFinite && largest > 0 ? largest * 10 : 1
            return "\(input.name)=\(Numbers.quantity(wanted, digits: 1))"
        }
        let predict = "allometry predict \(named(saved ?? "mine.law")) --at '\(point.joined(separator: ", "))'"
        return saved == nil ? ["allometry fit … --save mine.law", predict] : [predict]
    }

    // A label that a coefficient was fitted for: C4 of E[C4].
    private static func label(_ index: String, _ fit: Fit) -> String? {
        for symbol in fit.problem.formula.symbols {
            guard let place = symbol.indices.firstIndex(of: index) else { continue }
            let prefix = symbol.name + "["
            guard let name = fit.problem.parameterNames.first(where: { $0.hasPrefix(prefix) }) else { continue }
            let labels = name.dropFirst(prefix.count).dropLast().split(separator: ", ")
            if place < labels.count { return String(labels[place]) }
        }
        return nil
    }

    // A word without slash and .law would be looked up in the atlas.
    private static func named(_ path: String) -> String {
        quoted(path.contains("/") || path.hasSuffix(".law") ? path : "./" + path)
    }

    /// A word of a shell, in quotes where it needs them.
    static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { byte in
            byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x2B && byte <= 0x3A) || byte == 0x5F
        }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
