// Where a verb finds a table: a file, or text that came with the request.

import Tables

/// A table that a request names or brings along.
public enum TableSource: Codable, Hashable, Sendable {
    /// A file; `-` is standard input. JSON: `{"path": "runs.csv"}`.
    case path(String)
    /// The text itself. JSON: `{"name": "runs.csv", "text": "params,loss\n…"}`; the ending of the name says the format.
    case text(String, name: String)

    private enum CodingKeys: String, CodingKey { case path, name, text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text, name: try container.decodeIfPresent(String.self, forKey: .name) ?? "table")
        } else {
            self = .path(try container.decode(String.self, forKey: .path))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .path(let path): try container.encode(path, forKey: .path)
        case .text(let text, let name):
            try container.encode(name, forKey: .name)
            try container.encode(text, forKey: .text)
        }
    }

    func read() throws(TableError) -> Table {
        switch self {
        case .path(let path): try Table.read(path: path)
        case .text(let text, let name): try Table.read(bytes: Array(text.utf8), name: name)
        }
    }
}
