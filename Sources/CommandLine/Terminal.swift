// The two streams: what a terminal can show, and writing to it.

import Reports
import Workbench

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

enum Terminal {
    /// Whether standard output is a terminal that wants colour (https://no-color.org).
    static var isColored: Bool {
        isatty(1) == 1 && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
    }

    /// Characters a line: those of the terminal up to 200, or 80 where there is none.
    static var width: Int {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(200, Int(size.ws_col))
    }

    /// Whether somebody looks at standard output.
    static var isTerminal: Bool { isatty(1) == 1 }

    /// Characters a line and lines that a picture may take; a prompt below it stays in view.
    static var pictureSize: (width: Int, height: Int) {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 28)
        }
        return (Int(size.ws_col), max(16, Int(size.ws_row) - 2))
    }

    /// Dots of braille on a terminal that knows them, with colours where it wants them; else plain characters.
    static var pictureStyle: TextPictureStyle {
        guard isatty(1) == 1, variable("TERM") != "dumb" else { return .ascii }
        // As the C library finds the encoding: the first of these that says something.
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variable($0) }
        let locale = names.first { !$0.isEmpty } ?? ""
        guard locale.lowercased().contains("utf") else { return .ascii }
        return isColored ? .coloured : .braille
    }

    /// How text reports look here.
    static var format: ReportFormat { .text(width: width, isColored: isColored, plots: pictureStyle) }

    /// Writes to standard output; a full disk must not look like success.
    static func print(_ text: String) {
        if OutputFile.write(text, descriptor: 1) != 0 { exit(1) }
    }

    /// Ends the program with a message.
    static func finish(_ outcome: Outcome) -> Never {
        if !outcome.message.isEmpty {
            let line = outcome.message.hasSuffix("\n") ? outcome.message : outcome.message + "\n"
            _ = OutputFile.write(line, descriptor: outcome.status == 0 ? 1 : 2)
        }
        exit(outcome.status)
    }

    /// How wide the arithmetic runs, where the environment says so: for answers that are compared between machines.
    static var arithmetic: String? { variable("ALLOMETRY_ARITHMETIC").flatMap { $0.isEmpty ? nil : $0 } }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
