// Colours by what they mean, each for light and for dark ground.

/// What a mark is drawn with.
public enum Ink: Hashable, Sendable {
    case text
    /// What may be skipped: axis labels, notes.
    case faint
    case grid
    case ground
    /// The ground beyond the data.
    case beyond
    /// What stands out from everything else.
    case accent
    /// One of several kinds without order; beyond eight they repeat. Okabe and Ito's colours, which those who do not
    /// see red and green tell apart.
    case kind(Int)
    /// One of several in order, as sizes: viridis without its palest part, readable in grey.
    case step(Int, of: Int)

    /// As `#rrggbb`, on light and on dark ground.
    var colors: (light: String, dark: String) {
        switch self {
        case .text: ("#1b1f24", "#e6e8eb")
        case .faint: ("#5b6470", "#9aa4b1")
        case .grid: ("#e3e6ea", "#2b3139")
        case .ground: ("#ffffff", "#14171b")
        case .beyond: ("#f3f1ea", "#1f2126")
        case .accent: ("#c43c00", "#ff8a4c")
        case .kind(let number): Self.kinds[number % Self.kinds.count]
        case .step(let number, let count):
            (
                Self.along(Self.viridis, 0.05 + 0.72 * Self.share(number, count)),
                Self.along(Self.viridis, 0.32 + 0.66 * Self.share(number, count))
            )
        }
    }

    /// Its class in a style sheet.
    var name: String {
        switch self {
        case .text: "text"
        case .faint: "faint"
        case .grid: "grid"
        case .ground: "ground"
        case .beyond: "beyond"
        case .accent: "accent"
        case .kind(let number): "kind\(number % Self.kinds.count)"
        case .step(let number, let count): "step\(number)of\(count)"
        }
    }

    private static let kinds: [(String, String)] = [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8a45"), ("#009e73", "#2bc79a"), ("#b0578f", "#e39bc6"),
        ("#a87400", "#f2b632"), ("#3a8fc4", "#9ad7ff"), ("#444b54", "#c5ccd4"), ("#7a5195", "#c39be0"),
    ]

    private static let viridis: [(Double, Double, Double)] = [
        (68, 1, 84), (71, 45, 123), (59, 82, 139), (44, 114, 142), (33, 145, 140), (40, 174, 128), (94, 201, 98),
        (173, 220, 48), (253, 231, 37),
    ]

    private static func share(_ number: Int, _ count: Int) -> Double {
        count > 1 ? Double(number) / Double(count - 1) : 0.3
    }

    private static func along(_ stops: [(Double, Double, Double)], _ share: Double) -> String {
        let place = min(max(share, 0), 1) * Double(stops.count - 1)
        let first = min(Int(place), stops.count - 2)
        let rest = place - Double(first)
        let (a, b) = (stops[first], stops[first + 1])
        let mixed = [a.0 + (b.0 - a.0) * rest, a.1 + (b.1 - a.1) * rest, a.2 + (b.2 - a.2) * rest]
        return "#"
            + mixed.map { value in
                let text = String(Int(value.rounded()), radix: 16)
                return text.count < 2 ? "0" + text : text
            }.joined()
    }
}
