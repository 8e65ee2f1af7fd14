// The file of an average: its own sections, then the files of its laws one after the other.

import Fitting
import Formulas

extension LawFile {
    /// The texts of a file: one, or of an average that of the average and those of its laws.
    ///
    /// Every text begins at the line that says the format. Lines keep their numbers: those before are left empty.
    static func texts(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let starts = lines.indices.filter { lines[$0].hasPrefix("allometry-law:") }
        if starts.count < 2 { return [text] }
        return starts.enumerated().map { place, start in
            let end = place + 1 < starts.count ? starts[place + 1] : lines.count
            let first = place == 0 ? 0 : start
            return String(repeating: "\n", count: first) + lines[first..<end].joined(separator: "\n")
        }
    }

    /// The laws of an average, from the texts that follow its own.
    static func readMembers(
        _ law: inout Law, _ file: LawText, _ texts: [String], name: String, atlas: Atlas, callers: [String]
    ) throws(ScalingError) {
        let sections = file.sections.filter { $0.kind == "member" }
        if law.kind != .average {
            if let section = sections.first {
                throw .lawFile(.belongsToAverages(section.title), at: file.place(line: section.line))
            }
            guard texts.isEmpty else {
                throw .lawFile(.severalLaws, at: file.place(line: file.sections[0].line))
            }
            return
        }
        if sections.isEmpty || sections.count != texts.count {
            throw .lawFile(
                .memberCount(members: sections.count, laws: texts.count), at: file.place(line: file.sections[0].line))
        }
        let reader = LawReader(file)
        for (section, text) in zip(sections, texts) {
            let entry = try reader.required("weight", section)
            guard let weight = LawReader.number(entry.value), weight > 0, weight.isFinite else {
                throw .lawFile(.notAWeight(entry.value), at: file.place(value: entry))
            }
            var member = try parse([text], name: name, atlas: atlas, callers: callers)
            member.id = section.name ?? member.id
            if member.formula == nil {
                throw .lawFile(.memberWithoutFormula(member.id), at: file.place(line: section.line))
            }
            law.members.append(LawMember(member, weight: weight))
        }
        let sum = law.members.reduce(0) { $0 + $1.weight }
        if (sum - 1).magnitude > 1e-6 {
            throw .lawFile(.weightSum(sum), at: file.place(line: sections[0].line))
        }
    }
}
