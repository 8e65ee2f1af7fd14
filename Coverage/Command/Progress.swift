// How far the scoring is, on standard error.

import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// `write` of the C library under a name that no member hides.
private let fileDescriptorWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }

/// One line that is written over itself where standard error is a terminal, and a line a cell where it is not.
struct Progress {
    let cells: Int
    let worlds: Int
    private let isTerminal = isatty(2) == 1

    init(cells: Int, worlds: Int) {
        self.cells = cells
        self.worlds = worlds
    }

    func show(cell: Int, _ name: String, done: Int) {
        let share = 100 * (cell * worlds + done) / (cells * worlds)
        if isTerminal {
            Self.write("\r\u{1B}[K\(share) %  cell \(cell + 1) of \(cells), \(name), world \(done) of \(worlds)")
        } else if done == worlds {
            Self.note("\(share) %  \(name)")
        }
    }

    func end() { if isTerminal { Self.write("\r\u{1B}[K") } }

    static func note(_ text: String) { write(text + "\n") }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { fileDescriptorWrite(2, $0.baseAddress, $0.count) }
    }
}
