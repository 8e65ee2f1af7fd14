// What a law file should say although it can be read without: the rules of the atlas.

import Formulas

extension LawFile {
    /// A remark on a law file.
    public struct Remark: Hashable, Sendable {
        /// Stable, for programs: `no-golden`.
        public let code: String
        /// What should be better, in a sentence.
        public let message: String
        /// The line, counted from 1; nil where the remark concerns the whole file.
        public let line: Int?
    }

    /// What should be better in a law file: style of the text, missing meanings and units, goldens that are missing or
    /// wrong.
    ///
    /// - Throws: ``ScalingError`` where the file cannot be read at all.
    public static func lint(_ text: String, name: String) throws(ScalingError) -> [Remark] {
        let law = try parse(text, name: name)
        var linter = LawLinter(law)
        linter.checkLines(text)
        linter.checkTop()
        if law.kind == .law {
            linter.checkSymbols()
            linter.checkSets()
            linter.checkGoldens()
        }
        return linter.remarks
    }
}

private struct LawLinter {
    let law: Law
    private(set) var remarks: [LawFile.Remark] = []

    init(_ law: Law) { self.law = law }

    private mutating func note(_ code: String, _ message: String, line: Int? = nil) {
        remarks.append(LawFile.Remark(code: code, message: message, line: line))
    }

    mutating func checkLines(_ text: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.count > LawPrinter.width {
                note("long-line", "\(line.count) characters, more than \(LawPrinter.width)", line: number + 1)
            }
            if line.utf8.contains(0x09) { note("tab", "a tab", line: number + 1) }
            if line.last == " " { note("space-at-end", "a space at the end", line: number + 1) }
            if line.utf8.contains(UInt8(ascii: "\\")) {
                note("backslash", "a backslash; write plain text", line: number + 1)
            }
        }
    }

    mutating func checkTop() {
        if law.fit != nil || law.kind == .average { return }
        for (key, isMissing) in [
            ("authors", law.authors == nil), ("year", law.year == nil), ("identifier", law.identifier == nil),
            ("field", law.field == nil),
        ] where isMissing { note("no-source", "'\(key)' is missing") }
        if let identifier = law.identifier,
            !["arXiv:", "doi:", "https://"].contains(where: { identifier.hasPrefix($0) })
        {
            note("identifier", "'\(identifier)' is no arXiv:, doi: or https://")
        }
        if law.kind == .claim {
            for (key, text) in [("scaled", law.scaled), ("range", law.range), ("figures", law.figures)]
            where text == nil { note("no-\(key)", "a claim needs '\(key)'") }
        }
        let parts = law.id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isPlain = { (part: Substring.UTF8View.SubSequence) in
            !part.isEmpty && part.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }
        }
        if parts.count < 2 || !parts.allSatisfy({ isPlain($0) }) {
            note("id", "the name '\(law.id)' is not author-year or author-year-variant")
        }
    }

    mutating func checkSymbols() {
        for input in law.inputs {
            if input.meaning == nil { note("no-meaning", "[input \(input.name)] has no meaning") }
            if input.unit == nil { note("no-unit", "[input \(input.name)] has no unit") }
        }
        guard let response = law.response else { return note("no-response", "no [response]") }
        if response.meaning == nil { note("no-meaning", "[response \(response.name)] has no meaning") }
        if response.unit == nil { note("no-unit", "[response \(response.name)] has no unit") }
        if response.direction == nil { note("no-direction", "[response \(response.name)] has no direction") }
    }

    mutating func checkSets() {
        let defaults = law.sets.count(where: \.isDefault)
        if defaults > 1 || (law.sets.count > 1 && defaults == 0) {
            note("default", "\(law.sets.count) sets and \(defaults) defaults; one set is the default")
        }
        let bounds = law.bounds
        for set in law.sets {
            if set.certainty == nil { note("no-certainty", "[set \(set.name)] has no certainty") }
            if set.source == nil { note("no-set-source", "[set \(set.name)] has no source") }
            for value in set.values {
                let bound = bounds[value.name] ?? bounds[LawChecks.base(value.name)] ?? .none
                if !bound.contains(value.value) {
                    note("outside-bound", "[set \(set.name)]: \(value.name) lies outside of its bound \(bound)")
                }
            }
            if !law.goldens.contains(where: { ($0.set ?? law.defaultSet?.name) == set.name }) {
                note("no-golden", "[set \(set.name)] has no golden")
            }
        }
    }

    mutating func checkGoldens() {
        if law.goldens.isEmpty, law.fit == nil {
            note("no-golden", "no golden: a law shows a value that it must give")
        }
        for (position, golden) in law.goldens.enumerated() {
            if golden.provenance == nil { note("no-provenance", "golden \(position + 1) has no provenance") }
            do {
                let value = try law.predict(at: golden.point, set: golden.set).value
                let scale = golden.value == 0 ? 1 : golden.value.magnitude
                if !((value - golden.value).magnitude <= golden.tolerance * scale) {
                    note(
                        "wrong-golden",
                        "golden \(position + 1) states \(Expression.decimal(golden.value)), the law gives "
                            + Expression.decimal(value))
                }
            } catch {
                note("wrong-golden", "golden \(position + 1): \(error)")
            }
        }
    }
}
