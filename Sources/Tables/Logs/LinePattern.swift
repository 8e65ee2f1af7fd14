// A user's pattern for the lines of a text log: a regular expression with named groups.
//
// The expressions are those of Swift's standard library, whose syntax is that of PCRE.

import _StringProcessing

/// A regular expression whose groups name what a line says: `step (?<step>\d+).*loss (?<loss>\S+)`.
///
/// The group `step` (or `iteration`) is needed; `run` and `time` have a meaning of their own, every other group is a series.
struct LinePattern: Sendable {
    let text: String
    let groups: [String]

    /// - Throws: ``LogError/pattern(_:problem:)``, ``LogError/patternWithoutGroup(_:group:)``.
    init(_ text: String) throws(LogError) {
        self.text = text
        do { _ = try Regex(text) } catch { throw .pattern(text, problem: "\(error)") }
        groups = Self.names(in: text)
        guard groups.contains(where: Self.steps.contains) else { throw .patternWithoutGroup(text, group: "step") }
        guard groups.contains(where: { !Self.steps.contains($0) && $0 != "run" && $0 != "time" }) else {
            throw .patternWithoutGroup(text, group: "loss")
        }
    }

    static let steps: Set<String> = ["step", "steps", "iter", "iteration"]

    var format: RunLogFormat {
        RunLogFormat(
            name: "pattern", summary: text, confidence: { _ in 1 },
            readFile: { (file: LogFile) throws(TableError) -> [RunLog] in read(file) })
    }

    /// The runs of a file: one, unless the pattern has a group `run`.
    func read(_ file: LogFile) -> [RunLog] {
        // A Regex cannot be shared between threads, so that each file makes its own.
        guard let expression = try? Regex(text) else { return [] }
        var order: [String] = []
        var builders: [String: SeriesBuilder] = [:]
        var counter = SeriesBuilder()
        var unread = 0
        var firstUnread: (line: Int, text: String)?
        let own = file.path.runName
        TextLines.forEach(in: file.bytes) { bytes, number, isCutOff in
            let line = TextLines.text(bytes)
            guard let match = try? expression.firstMatch(in: line) else { return }
            // A number at the end of a line that is being written may lack digits.
            if isCutOff, match.range.upperBound == line.endIndex { return }
            func group(_ name: String) -> String? { match[name]?.substring.map(String.init) }
            var step: Int?
            for name in groups where Self.steps.contains(name) {
                if let value = group(name).flatMap(Self.number) {
                    step = counter.step(value, at: "\(file.path):\(number)") ?? step
                }
            }
            guard let step else { return }
            let run = group("run") ?? own
            if builders[run] == nil { order.append(run) }
            let time = group("time").flatMap(Self.number)
            for name in groups where !Self.steps.contains(name) && name != "run" && name != "time" {
                guard let text = group(name) else { continue }
                if let value = Self.number(text) {
                    builders[run, default: SeriesBuilder()].append(name, step: step, value: value, time: time)
                } else {
                    unread += 1
                    if firstUnread == nil { firstUnread = (number, text) }
                }
            }
        }
        return order.enumerated().compactMap { place, name in
            guard let builder = builders[name], !builder.isEmpty else { return nil }
            var log = RunLog(name: name, source: file.path, series: builder.finished())
            if place == 0 { log.notices += counter.notices }
            if place == 0, let firstUnread {
                log.notices.append(
                    RunLog.Notice(
                        code: "value-not-read",
                        message: "\(file.path):\(firstUnread.line): '\(firstUnread.text.prefix(40))' is no number"
                            + (unread > 1 ? ", and \(unread - 1) others" : ""),
                        hint: "make the group of --pattern end where the number does: (?<loss>[-+.\\deE]+)"))
            }
            return log
        }
    }

    // 7.5, 7.5, (a comma behind it), 1,024 and nan.
    private static func number(_ text: String) -> Double? {
        var text = text
        while let last = text.last, last == "," || last == "." || last == ";" || last == "|" { text.removeLast() }
        if text.contains(",") { text = text.filter { $0 != "," } }
        return Cell.loggedNumber(text)
    }

    // Groups are (?<name>…) and (?P<name>…); (?<= and (?<! look behind.
    private static func names(in text: String) -> [String] {
        var names: [String] = []
        for part in text.replacing("(?P<", with: "(?<").split(separator: "(?<", omittingEmptySubsequences: false)
            .dropFirst()
        {
            guard let end = part.firstIndex(of: ">") else { continue }
            let name = String(part[..<end])
            if !name.isEmpty, !name.hasPrefix("="), !name.hasPrefix("!"), !names.contains(name) { names.append(name) }
        }
        return names
    }
}

extension String {
    private static let generic: Set<String> = [
        "console", "err", "history", "log", "logs", "metrics", "out", "output", "result", "results", "stderr",
        "stdout",
        "summary", "train", "train_log", "trainer_state", "training", "training_log", "wandb-history",
    ]

    /// What a run is called that lies in this file: by the file, or by its folder where the file's name says nothing.
    var runName: String {
        let name = lastPart.stem
        let parts = split(separator: "/")
        guard Self.generic.contains(name.lowercased()) else { return name }
        if parts.count > 1, parts[parts.count - 2] != ".", parts[parts.count - 2] != ".." {
            return String(parts[parts.count - 2])
        }
        let folder = String(dropLast(lastPart.count))
        let around = (folder.isEmpty ? "." : folder).lastPart
        return around == "/" ? name : around
    }
}
