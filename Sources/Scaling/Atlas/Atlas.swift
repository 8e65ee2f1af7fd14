// The atlas: laws by name. The published ones are part of the program; one's own come from a folder.

import Formulas

/// Laws that are found by their id.
///
/// An atlas is an index from ids to texts. A law is parsed when it is asked for, so an atlas costs nothing at start.
public struct Atlas: Sendable {
    private enum Source: Sendable {
        case embedded(Int)
        case file(String)
    }

    private let sources: [String: Source]
    /// The id of every law, in alphabetical order.
    public let ids: [String]

    /// The laws that the program carries.
    public static let embedded = Atlas(
        Dictionary(uniqueKeysWithValues: EmbeddedLaws.ids.enumerated().map { ("\($1)", .embedded($0)) }))

    private init(_ sources: [String: Source]) {
        self.sources = sources
        ids = sources.keys.sorted()
    }

    /// This atlas with the law files below a folder; one of the same id takes the place of that of this atlas.
    ///
    /// - Throws: ``ScalingError/unreadable(file:code:)`` where the folder cannot be listed. The files are read when
    ///   they are asked for.
    public func adding(directory: String) throws(ScalingError) -> Atlas {
        var sources = sources
        for path in try TextFile.paths(below: directory, suffix: ".law") {
            sources[LawFile.id(ofFile: path)] = .file(path)
        }
        return Atlas(sources)
    }

    /// The text of the law file of that id.
    ///
    /// - Throws: ``ScalingError/unknownLaw(_:near:)`` with up to three near ids.
    public func text(of id: String) throws(ScalingError) -> String {
        switch sources[id] {
        case .embedded(let position): return "\(EmbeddedLaws.texts[position])"
        case .file(let path): return try TextFile.read(path)
        case nil: throw .unknownLaw(id, near: near(id))
        }
    }

    /// The law of that id.
    ///
    /// - Throws: ``ScalingError/unknownLaw(_:near:)``, or ``ScalingError/lawFile(_:at:)`` for a damaged file of one's
    ///   own.
    public func law(_ id: String) throws(ScalingError) -> Law { try law(id, callers: [id]) }

    /// The law of that id, called by these.
    func law(_ id: String, callers: [String]) throws(ScalingError) -> Law {
        let text = try text(of: id)
        if case .file(let path) = sources[id] {
            return try LawFile.parse(text, name: path, atlas: self, callers: callers)
        }
        return try LawFile.parse(text, name: id + ".law", atlas: self, callers: callers)
    }

    /// Whether the atlas has a law of that id.
    public func contains(_ id: String) -> Bool { sources[id] != nil }

    // The nearest id with its siblings (hoffmann-2022, hoffmann-2022-compute), or ids that hold the words.
    func near(_ id: String) -> [String] {
        if let nearest = Suggestion.nearest(to: id, among: ids) {
            return [nearest] + ids.filter { $0 != nearest && $0.hasPrefix(nearest + "-") }.prefix(2)
        }
        let wanted = id.lowercased()
        return wanted.utf8.count < 3 ? [] : Array(ids.filter { $0.contains(wanted) }.prefix(3))
    }
}
