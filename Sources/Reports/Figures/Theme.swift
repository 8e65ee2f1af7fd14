/// Which ground a picture is drawn for.
public enum Theme: String, Hashable, Sendable, CaseIterable {
    /// Light or dark, as the reader's system asks for.
    case automatic
    case dark
    /// As a printer without colours would show it.
    case grey
    case light
}

extension Ink {
    /// As `#rrggbb`, where the theme has one colour.
    func color(_ theme: Theme) -> String {
        switch theme {
        case .automatic, .light: colors.light
        case .dark: colors.dark
        case .grey: Self.grey(colors.light)
        }
    }

    // As bright as the colour looks (ITU-R BT.601).
    private static func grey(_ color: String) -> String {
        let value = Int(color.dropFirst(), radix: 16) ?? 0
        let (red, green, blue) = (Double(value >> 16), Double(value >> 8 & 255), Double(value & 255))
        let text = String(Int((0.299 * red + 0.587 * green + 0.114 * blue).rounded()), radix: 16)
        let pair = text.count < 2 ? "0" + text : text
        return "#" + pair + pair + pair
    }
}
