// `alpha = 0.34, E[C4] = 1.7, beta[en_de, w30] = 24`: the list that sets and goldens are written in.

import Formulas

/// A list of assignments, separated by commas outside of brackets and quotes.
enum Assignments {
    struct Item {
        /// Labels between brackets are joined by a comma and a space.
        let name: String
        let value: String
    }

    /// The items of a text, or the first piece that is no assignment.
    static func read(_ text: String) -> Result<[Item], NotAnAssignment> {
        var items: [Item] = []
        for piece in pieces(of: text) {
            // The last '=' outside of brackets: a label may hold one.
            guard let equals = lastEquals(in: piece) else { return .failure(NotAnAssignment(piece: string(piece))) }
            let name = trimmed(piece[..<equals])
            let value = trimmed(piece[(equals + 1)...])
            if name.isEmpty || value.isEmpty { return .failure(NotAnAssignment(piece: string(piece))) }
            items.append(Item(name: canonical(string(name)), value: string(value)))
        }
        return .success(items)
    }

    struct NotAnAssignment: Error { let piece: String }

    /// The name of a coefficient with one space after each comma of its labels.
    static func canonical(_ name: String) -> String {
        guard let (base, labels) = split(name) else { return name }
        return "\(base)[\(labels.joined(separator: ", "))]"
    }

    /// The parts of `E[a, b]`; nil for a plain name.
    static func split(_ name: String) -> (base: String, labels: [String])? {
        let bytes = Array(name.utf8)
        guard let open = bytes.firstIndex(of: UInt8(ascii: "[")), bytes.last == UInt8(ascii: "]") else { return nil }
        let labels = bytes[(open + 1)..<(bytes.count - 1)]
            .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return (string(trimmed(bytes[..<open])), labels.map { string(trimmed($0)) })
    }

    private static func pieces(of text: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(text.utf8)
        var (pieces, depth, start): ([ArraySlice<UInt8>], Int, Int) = ([], 0, 0)
        for (position, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth = max(0, depth - 1)
            case UInt8(ascii: ",") where depth == 0:
                pieces.append(bytes[start..<position])
                start = position + 1
            default: break
            }
        }
        return pieces + [bytes[start...]]
    }

    private static func lastEquals(in piece: ArraySlice<UInt8>) -> Int? {
        let end = piece.lastIndex(of: UInt8(ascii: "]")) ?? piece.startIndex
        return piece[end...].firstIndex(of: UInt8(ascii: "="))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { bytes.removeLast() }
        return bytes
    }

    private static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
