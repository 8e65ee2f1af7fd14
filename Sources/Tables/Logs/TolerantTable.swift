// A table of a log, without the lines that cannot be read: a program may be writing its last one.

/// A table in a file, and notices for the lines that were left out.
struct TolerantTable {
    private(set) var table: Table
    private(set) var notices: [RunLog.Notice] = []

    /// More lines than this that cannot be read, and the file is no table.
    private static let mostBad = 20

    /// - Throws: ``TableError`` where no table is left.
    init(_ file: LogFile) throws(TableError) {
        var bytes = file.bytes
        while true {
            do {
                table = try Table.read(bytes: bytes, name: file.path)
                break
            } catch {
                guard notices.count < Self.mostBad, let (place, isEnd) = Self.place(error),
                    let range = Self.line(place.line, of: bytes), !range.isEmpty
                else { throw error }
                let isLast = range.upperBound == bytes.count
                // Blank lines are skipped, so that the numbers of the lines behind it stay.
                if isEnd {
                    bytes.removeSubrange(range.lowerBound...)
                } else {
                    bytes.replaceSubrange(range, with: repeatElement(0x20, count: range.count))
                    if ["csv", "tab", "tsv"].contains(file.ending) {
                        bytes.replaceSubrange(
                            range.lowerBound...range.lowerBound, with: CollectionOfOne(UInt8(ascii: "#")))
                    }
                }
                notices.append(isLast || isEnd ? .cutOff(file.path, place.line) : .badLine(file.path, error))
            }
        }
    }

    // Where the fault is, and whether all that follows is lost with it.
    private static func place(_ error: TableError) -> (TableError.Place, isEnd: Bool)? {
        switch error {
        case .json(_, let place), .nulByte(let place), .notUTF8(let place), .textAfterQuote(_, let place):
            place.line > 0 ? (place, false) : nil
        case .tooFewCells(_, _, _, let place), .tooManyCells(_, _, _, _, let place):
            place.line > 1 ? (place, false) : nil
        case .unclosedQuote(_, let place): place.line > 1 ? (place, true) : nil
        default: nil
        }
    }

    private static func line(_ number: Int, of bytes: [UInt8]) -> Range<Int>? {
        var start = 0
        for _ in 1..<max(1, number) {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
            start = end + 1
        }
        var end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        if end == bytes.count - 1 { end = bytes.count }
        return start..<end
    }
}

extension RunLog.Notice {
    static func cutOff(_ path: String, _ line: Int) -> RunLog.Notice {
        RunLog.Notice(
            code: "log-truncated", message: "\(path):\(line): the last line is cut off; the lines before it are read",
            hint: "read it again once it is written")
    }

    static func badLine(_ path: String, _ error: TableError) -> RunLog.Notice {
        let words = error.description.split(separator: "\n").map { $0.drop { $0 == " " } }
        return RunLog.Notice(
            code: "log-damaged",
            message: "\(words.dropFirst().first ?? ""): \(words.first ?? ""); the line is left out",
            hint: "look at that line of the file")
    }
}
