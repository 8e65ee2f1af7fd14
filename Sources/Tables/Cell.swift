// What the text of one cell is: missing, a number or a text. The rule is the same for every format.

import Formulas

/// One cell, understood.
///
/// Missing: an empty cell, `NA`, `N/A`, `n/a`, `NaN`, `nan`, `NAN`, `null`, `NULL`, `None`, `-`, `.` and `?`.
/// A number: what ``Quantity`` reads (`2.5`, `70B`, `5%`), and `inf` or `Infinity` in any case with an optional sign.
/// Everything else is text, `true`, `1,000` and `1_000` among it.
enum Cell {
    case missing
    case number(Double)
    case text

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if Cell.isMissing(bytes) {
            self = Cell.saysNaN(bytes) ? .number(Cell.writtenNaN) : .missing
        } else if let value = Quantity.parse(bytes: bytes) ?? Cell.infinity(bytes) {
            self = .number(value)
        } else {
            self = .text
        }
    }

    init(text: String) {
        var copy = text
        self = copy.withUTF8 { Cell($0) }
    }

    var isText: Bool { if case .text = self { true } else { false } }

    /// The number, NaN where missing, or nil where it is text.
    var number: Double? {
        switch self {
        case .missing: .nan
        case .number(let value): value
        case .text: nil
        }
    }

    /// What a cell that says `nan` holds: NaN like that of an empty cell, but told apart by its bits.
    ///
    /// A table treats both as missing. In the log of a run one is a measurement that was not made, and the other is a
    /// loss that diverged.
    static let writtenNaN = Double(nan: 1, signaling: false)

    /// Whether a number of a table was written as `nan`, rather than left out.
    static func wasWrittenNaN(_ value: Double) -> Bool { value.bitPattern == writtenNaN.bitPattern }

    private static func saysNaN(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count == 3 && bytes[2] | 0x20 == UInt8(ascii: "n")
    }

    static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 4 else { return false }
        // The bytes as one number, most significant first: "NA" is 0x4E41.
        let word = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        switch bytes.count {
        case 0: return true
        case 1: return word == 0x2D || word == 0x2E || word == 0x3F  // - . ?
        case 2: return word == 0x4E41  // NA
        case 3:
            return word == 0x4E_2F41 || word == 0x6E_2F61  // N/A n/a
                || word == 0x4E_614E || word == 0x6E_616E || word == 0x4E_414E  // NaN nan NAN
        default: return word == 0x6E75_6C6C || word == 0x4E55_4C4C || word == 0x4E6F_6E65  // null NULL None
        }
    }

    private static func infinity(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let first = bytes.first else { return nil }
        let signed = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        let word = bytes.dropFirst(signed ? 1 : 0)
        guard word.count == 3 || word.count == 8 else { return nil }
        // Setting bit 5 makes an ASCII letter small; no other byte becomes one of these letters but its capital.
        guard word.lazy.map({ $0 | 0x20 }).elementsEqual(word.count == 3 ? "inf".utf8 : "infinity".utf8) else {
            return nil
        }
        return first == UInt8(ascii: "-") ? -.infinity : .infinity
    }
}
