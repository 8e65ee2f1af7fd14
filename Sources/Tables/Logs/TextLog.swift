// A text log of one run, read line by line by a format that knows its lines.

/// What the lines of one text log say.
struct TextLog {
    var settings: [RunLog.Setting] = []
    var builder = SeriesBuilder()
    let source: String
    /// Notices that a format made itself.
    var notices: [RunLog.Notice] = []
    private var known: Set<String> = []
    private var line = 0

    init(source: String) { self.source = source }

    /// Keeps a setting the first time it is said.
    mutating func set(_ key: String, _ value: RunLog.Value) {
        if known.insert(key).inserted { settings.append(.init(key: key, value: value, source: source)) }
    }

    /// A number of this line as a step; nil where there is none, and, with a notice, where no counter reaches it.
    mutating func step(_ number: Double?) -> Int? {
        guard let number else { return nil }
        let (source, line) = (source, line)
        return builder.step(number, at: "\(source):\(line)")
    }

    /// Reads the lines of a file that have one of some words in them; the last line counts only where it ends.
    static func read(
        _ file: LogFile, _ body: (inout TextLog, _ line: LineFields) -> Void
    ) -> RunLog {
        var log = TextLog(source: file.path)
        var cutOff: Int?
        TextLines.forEach(in: file.bytes) { bytes, number, isCutOff in
            // A number at the end of a line that is being written may lack digits.
            if isCutOff {
                cutOff = number
                return
            }
            log.line = number
            body(&log, LineFields(TextLines.text(bytes)))
        }
        if let cutOff { log.notices.append(.cutOff(file.path, cutOff)) }
        return RunLog(
            name: file.path.runName, source: file.path, settings: log.settings, series: log.builder.finished(),
            notices: log.notices + log.builder.notices)
    }
}
