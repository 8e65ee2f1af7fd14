// laws search: words to laws, the best first.

import Reports
import Scaling

/// A request to search laws and claims.
public struct LawsSearchRequest: Codable, Hashable, Sendable {
    /// Words; each must be found.
    public var query: String
    /// Folders with laws of one's own.
    public var atlas: [String]?

    public init(query: String, atlas: [String]? = nil) {
        self.query = query
        self.atlas = atlas
    }
}

/// A law that a search found.
public struct LawMatch: Codable, Hashable, Sendable {
    public var id: String
    @Nullable public var field: String?
    public var kind: String
    public var title: String
    public var score: Double
    /// The text that matches best.
    public var line: String
}

/// Searches laws and claims. The reply is an array, best first.
public enum LawsSearchVerb: Verb {
    public static let name = "laws search"

    public static func answer(_ request: LawsSearchRequest) throws -> Answer<[LawMatch]> {
        let atlas = try AtlasSource.atlas(request.atlas)
        let matches = atlas.search(request.query)
        let reply = try matches.map { match in
            let law = try atlas.law(match.id)
            return LawMatch(
                id: match.id, field: law.field, kind: law.kind.rawValue, title: match.title, score: match.score,
                line: match.line)
        }
        return Answer(reply) { .search(request.query, matches) }
    }
}
