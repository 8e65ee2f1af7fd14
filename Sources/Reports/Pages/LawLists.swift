// Lists of laws: all by field, those that a search found, and remarks on law files.

import Formulas
import Scaling

extension Report {
    /// Laws by field, one a line, then the claims.
    public static func laws(_ laws: [Law]) -> Report {
        let claims = laws.filter { $0.kind == .claim }
        let fields = Dictionary(grouping: laws.filter { $0.kind == .law }) { $0.field ?? "other" }
        var blocks = fields.sorted { $0.key < $1.key }.map { section($0.key, $0.value, "law") }
        if !claims.isEmpty { blocks.append(section("claims", claims, "claim")) }
        let counted = [(laws.count - claims.count, "law"), (claims.count, "claim")].filter { $0.0 > 0 }
            .map { Numbers.counted($0.0, $0.1) }.joined(separator: " and ")
        blocks.append(.sentence(Words("\(counted). ") + .code("allometry laws show ID") + " tells all of one."))
        return Report(blocks)
    }

    private static func section(_ title: String, _ laws: [Law], _ kind: String) -> Block {
        let rows = laws.map { law in [law.id, Diagnostic.plain(subject(law), longest: 48)] }
        return .section(title, [.table(Grid([.init("id", .left), .init(kind, .left)], rows: rows))])
    }

    // The formula says most of a law; a claim has its title.
    private static func subject(_ law: Law) -> String { law.formula.map { "\($0)" } ?? law.title }

    /// The laws that a search found, best first.
    public static func search(_ query: String, _ matches: [Atlas.Match]) -> Report {
        if matches.isEmpty {
            return Report([
                .sentence(Words("No law holds every word of '\(Diagnostic.plain(query))'.")),
                .sentence("Try fewer words, or " + .code("allometry laws") + " for all."),
            ])
        }
        return Report(
            matches.map { match in
                .section(
                    match.id,
                    [.sentence(Words(match.title))]
                        + (isShown(match) ? [] : [.sentence(.faint(match.line))]))
            })
    }

    // Title and id stand above the line already.
    private static func isShown(_ match: Atlas.Match) -> Bool {
        match.line == "title: \(match.title)" || match.line == "id: \(match.id)"
    }

    /// Remarks on law files; a file without any is named too.
    public static func lint(
        _ files: [(file: String, error: String?, remarks: [(line: Int?, code: String, message: String)])]
    ) -> Report {
        Report(
            files.map { file, error, remarks in
                if let error { return .verbatim(error) }
                if remarks.isEmpty { return .sentence(Words("\(file): nothing to remark")) }
                let lines = remarks.map { remark in
                    "\(file)\(remark.line.map { ":\($0)" } ?? ""): \(remark.message) (\(remark.code))"
                }
                return .verbatim(lines.joined(separator: "\n"))
            })
    }
}
