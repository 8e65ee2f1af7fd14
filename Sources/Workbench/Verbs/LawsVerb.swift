// laws: the laws that there are, by field.

import Reports
import Scaling

/// A request to list laws.
public struct LawsRequest: Codable, Hashable, Sendable {
    /// Only those of this field.
    public var field: String?
    /// Folders with laws of one's own.
    public var atlas: [String]?

    public init(field: String? = nil, atlas: [String]? = nil) {
        self.field = field
        self.atlas = atlas
    }
}

/// One law of a list.
public struct LawEntry: Codable, Hashable, Sendable {
    public var id: String
    @Nullable public var field: String?
    /// `law` or `claim`.
    public var kind: String
    public var title: String
    @Nullable public var year: Int?
    @Nullable public var formula: String?
    public var inputs: [String]
    public var sets: [String]

    init(_ law: Law) {
        id = law.id
        field = law.field
        kind = law.kind.rawValue
        title = law.title
        year = law.year
        formula = law.formula.map { "\($0)" }
        inputs = law.inputs.map(\.name)
        sets = law.sets.map(\.name)
    }
}

/// Lists laws and claims. The reply is an array.
public enum LawsVerb: Verb {
    public static let name = "laws"

    /// - Throws: ``WorkbenchError/unknownField(_:fields:)``, `ScalingError` for a damaged file of one's own.
    public static func answer(_ request: LawsRequest) throws -> Answer<[LawEntry]> {
        let atlas = try AtlasSource.atlas(request.atlas)
        var laws = try atlas.ids.map { id in try atlas.law(id) }
        if let field = request.field {
            let fields = Set(laws.compactMap(\.field)).sorted()
            laws = laws.filter { $0.field == field }
            if laws.isEmpty { throw WorkbenchError.unknownField(field, fields: fields) }
        }
        let found = laws
        return Answer(found.map(LawEntry.init)) { .laws(found) }
    }
}
