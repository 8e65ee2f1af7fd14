// The key of a picture in characters: each entry behind a sample of what it stands for.

/// The entries of a key, in as many lines as they need.
struct TextKey {
    private(set) var lines: [TextLine] = []

    init(_ entries: [Figure.KeyEntry], width: Int, _ style: TextPictureStyle) {
        for entry in entries {
            guard let sample = Self.sample(entry.sample, style) else { continue }
            let text = " " + TextPanel.plain(entry.text, style).prefix(max(0, width - sample.count - 1))
            if let last = lines.last, last.count + 3 + sample.count + text.count <= width {
                lines[lines.count - 1].add("   ")
            } else {
                lines.append(TextLine())
            }
            let code = style == .coloured ? entry.ink.terminal : nil
            let shown = code.map { "\u{1B}[\($0)m\(sample)\u{1B}[0m" } ?? sample
            lines[lines.count - 1].add(shown, count: sample.count)
            lines[lines.count - 1].add(text)
        }
    }

    // As the raster draws it, lines as those that neither stand nor lie; nil for a ground, which letters do not show.
    private static func sample(_ sample: Figure.KeyEntry.Sample, _ style: TextPictureStyle) -> String? {
        let isPlain = style == .ascii
        return switch sample {
        case .symbol(let symbol): String(TextRaster.glyph(symbol, style))
        case .line(.solid): isPlain ? "..." : "⠤⠤⠤"
        case .line(.dashed): isPlain ? "...   ..." : "⠤ ⠤"
        case .line(.dotted): isPlain ? ".  .  ." : "⠄⠄⠄"
        case .interval(let symbol):
            (symbol.map { String(TextRaster.glyph($0, style)) } ?? "") + (isPlain ? "|" : "⡇")
        case .band: nil
        }
    }
}
