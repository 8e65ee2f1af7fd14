// A format of tables as a value, and the list of all formats.

/// A format that tables are read from.
///
/// Formats are values: `.csv`, `.jsonLines`, `.parquet`. A new one is a file of its own in this folder and its line in ``all``.
public struct TableReader: Sendable {
    /// What the format is called: `CSV`.
    public let name: String
    /// The endings of file names that mean this format, without the point, in small letters.
    public let extensions: [String]
    /// Whether a file that begins with these bytes looks like this format.
    let recognizes: @Sendable (UnsafeBufferPointer<UInt8>) -> Bool
    /// Reads all of a source into a table of the given name.
    let read: @Sendable (inout ByteSource, String) throws(TableError) -> Table

    /// All formats, in alphabetical order.
    public static let all: [TableReader] = [.csv, .json, .jsonLines, .parquet]

    /// The format that the ending of a path means, or nil.
    public static func format(ofPath path: String) -> TableReader? {
        let file = path.split(separator: "/").last ?? ""
        guard let point = file.lastIndex(of: ".") else { return nil }
        let ending = file[file.index(after: point)...].lowercased()
        return all.first { $0.extensions.contains(ending) }
    }
}
