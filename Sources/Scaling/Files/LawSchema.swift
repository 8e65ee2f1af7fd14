// Which sections a law file has, and which keys each of them.

/// The contract of Atlas/README.md as data.
struct LawSchema {
    let kind: String
    let isNamed: Bool
    let mayRepeat: Bool
    let keys: [String]
    /// Keys that may stand more than once.
    let repeatable: Set<String>

    private init(
        _ kind: String, named: Bool, repeats: Bool = false, _ keys: [String], repeatable: Set<String> = []
    ) {
        self.kind = kind
        isNamed = named
        mayRepeat = repeats
        self.keys = keys
        self.repeatable = repeatable
    }

    static let top = LawSchema(
        "", named: false,
        [
            "allometry-law", "kind", "title", "authors", "year", "identifier", "equation", "field", "formula",
            "notes",
            "trap", "scaled", "range", "figures",
        ], repeatable: ["trap"])

    /// Every section, in the order in which they are written.
    static let sections: [LawSchema] = [
        LawSchema("input", named: true, ["meaning", "unit", "counting", "range", "column"]),
        LawSchema("member", named: true, ["weight"]),
        LawSchema("response", named: true, ["meaning", "unit", "direction", "column"]),
        LawSchema("parameter", named: true, ["meaning", "bound", "fixed", "start", "tie"]),
        LawSchema(
            "fit", named: false,
            [
                "loss", "residual", "weights", "weights-are", "where", "recipe", "table", "observations", "omitted",
                "objective", "noise", "noise-from", "evaluation-noise", "prior", "schedule", "weak-direction",
                "ended", "seed", "version",
            ], repeatable: ["omitted", "prior", "schedule"]),
        LawSchema(
            "estimates", named: false, ["degrees-of-freedom", "value", "covariance"],
            repeatable: ["value", "covariance"]),
        LawSchema(
            "profile", named: true, ["level", "estimate", "lower", "upper", "identified", "complete", "point"],
            repeatable: ["point"]),
        LawSchema(
            "draws", named: false,
            ["kind", "requested", "attempted", "seed", "global", "left-basin", "failed", "estimates", "draw"],
            repeatable: ["failed", "draw"]),
        LawSchema(
            "calibration", named: false,
            [
                "by", "limit", "slope", "factor", "cutoffs", "tests", "reach", "widening", "rate", "offset",
                "multiple",
                "prior-weight", "nearness", "tail",
            ]),
        LawSchema("warning", named: true, repeats: true, ["message", "hint"]),
        LawSchema(
            "set", named: true,
            [
                "values", "default", "data", "objective", "uncertainty", "range", "certainty", "source", "note",
            ]),
        LawSchema("golden", named: false, repeats: true, ["at", "set", "value", "tolerance", "provenance"]),
    ]

    static func named(_ kind: String) -> LawSchema? { kind.isEmpty ? top : sections.first { $0.kind == kind } }

    /// How the section is written: `[input NAME]`.
    var title: String { kind.isEmpty ? "the top of the file" : isNamed ? "[\(kind) NAME]" : "[\(kind)]" }

    /// What a saved fit adds to `[fit]`.
    static let fitOutcome = [
        "table", "observations", "omitted", "objective", "noise", "noise-from", "evaluation-noise", "weak-direction",
        "ended", "seed", "version",
    ]
}

extension LawText {
    /// Refuses what the schema does not know, and what stands twice.
    func check() throws(ScalingError) {
        var seen: Set<String> = []
        for section in sections {
            guard let schema = LawSchema.named(section.kind) else {
                throw .lawFile(.unknownSection(section.kind), at: place(line: section.line))
            }
            if schema.isNamed, section.name == nil {
                throw .lawFile(.sectionNeedsName(section.kind), at: place(line: section.line))
            }
            if !schema.isNamed, section.name != nil {
                throw .lawFile(.sectionTakesNoName(section.kind), at: place(line: section.line))
            }
            if !schema.mayRepeat, !seen.insert(section.title).inserted {
                throw .lawFile(.repeatedSection(section.title), at: place(line: section.line))
            }
            try check(section, schema)
        }
    }

    private func check(_ section: LawSection, _ schema: LawSchema) throws(ScalingError) {
        var seen: Set<String> = []
        for entry in section.entries {
            guard schema.keys.contains(entry.key) else {
                throw .lawFile(.unknownKey(entry.key, section: section.kind), at: place(key: entry))
            }
            if !schema.repeatable.contains(entry.key), !seen.insert(entry.key).inserted {
                throw .lawFile(.repeatedKey(entry.key, section: section.title), at: place(key: entry))
            }
            if entry.value.isEmpty { throw .lawFile(.emptyValue(entry.key), at: place(key: entry)) }
        }
    }
}
