// What the runs of a ladder have left in its folder so far.

import Fitting
import Formulas
import Scaling
import Tables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The results that are there, and what became of the other runs.
struct LadderResults {
    /// The measured response of each run; nil where it has not ended.
    private(set) var measured: [Double?]
    /// By number, from 1: those that ended without a result, and those that were begun and are not over.
    private(set) var failed: [Int] = []
    private(set) var begun: [Int] = []
    /// `diverged-run`, `unreadable-result`.
    private(set) var notices: [Warning] = []

    private let folder: LadderFolder
    private let response: String

    /// - Throws: ``WorkbenchError/otherRuns(_:)`` where the folder's runs are not those of the design, as after a law
    ///   changed; ``WorkbenchError/unknownRun(_:file:count:)``; `TableError` for a table of all results that cannot be read
    ///   or lacks the response. A run's own file that cannot be read is no error: it may be half written.
    init(_ folder: LadderFolder, _ design: LadderDesign) throws {
        self.folder = folder
        response = LadderFolder.response(design.choice.law)
        measured = Array(repeating: nil, count: design.runs.count)
        try check(design)
        try readTogether()
        for place in measured.indices { try readOwn(place) }
    }

    private func check(_ design: LadderDesign) throws {
        let table = try Table.read(path: "\(folder.path)/runs.csv")
        var isSame = table.rowCount == design.runs.count
        for input in design.choice.law.inputs where isSame && !input.isLabel {
            let written = try table.numbers(input.name)
            isSame = zip(written, design.runs).allSatisfy { $0 == $1.point.number(input.name) }
        }
        if !isSame { throw WorkbenchError.otherRuns(folder.path) }
    }

    private mutating func readTogether() throws {
        let file = "\(folder.path)/results.csv"
        guard access(file, F_OK) == 0, let table = try table(file, isOwn: false) else { return }
        let (numbers, values) = (try table.numbers("run"), try table.numbers(response))
        for (number, value) in zip(numbers, values) where value.isFinite {
            guard let place = Int(exactly: number).map({ $0 - 1 }), measured.indices.contains(place) else {
                throw WorkbenchError.unknownRun(number, file: file, count: measured.count)
            }
            measured[place] = value
        }
    }

    private mutating func readOwn(_ place: Int) throws {
        let path = "\(folder.resultsFolder)/\(LadderFolder.name(place, of: measured.count))"
        func exists(_ ending: String) -> Bool { access("\(path).\(ending)", F_OK) == 0 }
        // What a run under way has written is not its end.
        if exists("begun"), !exists("done") {
            if exists("failed") { failed.append(place + 1) } else { begun.append(place + 1) }
            return
        }
        for file in ["\(path).csv", "\(path).jsonl"] where access(file, F_OK) == 0 {
            guard let table = try table(file, isOwn: true) else { continue }
            guard let column = table[response] else {
                notices.append(.unreadableResult(file, problem: "it has no column '\(response)'"))
                continue
            }
            let values = (try? table.numbers(response)) ?? []
            if Self.endsWithoutNumber(file, response) {
                failed.append(place + 1)
                notices.append(.diverged(place + 1, file: file, response: response))
            } else if let value = values.last(where: \.isFinite) {
                measured[place] = value
            } else if let text = column.firstText?.text {
                notices.append(.unreadableResult(file, problem: "'\(Diagnostic.plain(text))' is no number"))
            }
        }
        if exists("done"), measured[place] == nil, failed.last != place + 1 { failed.append(place + 1) }
    }

    // A file that is being written may end in the middle of a line: it is read without that line.
    private mutating func table(_ file: String, isOwn: Bool) throws -> Table? {
        do { return try Table.read(path: file) } catch {
            let bytes = Array((try? TextFile.read(file))?.utf8 ?? "".utf8)
            if let end = bytes.lastIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count,
                let table = try? Table.read(bytes: Array(bytes[...end]), name: file)
            {
                notices.append(.unreadableResult(file, problem: "its last line is not whole"))
                return table
            }
            guard isOwn else { throw error }
            notices.append(
                .unreadableResult(file, problem: "\(error)".split(separator: "\n").first.map(String.init) ?? ""))
            return nil
        }
    }

    // Whether the last row says in so many words that its response is no number; a blank says nothing.
    private static func endsWithoutNumber(_ file: String, _ response: String) -> Bool {
        let lines = ((try? TextFile.read(file)) ?? "").split(whereSeparator: \.isNewline)
        guard let last = lines.last, let header = lines.first else { return false }
        func plain(_ text: Substring) -> String { text.filter { $0 != "\"" && $0 != " " } }
        let cell: String
        if file.hasSuffix(".jsonl") {
            guard let key = last.firstRange(of: "\"\(response)\"") else { return false }
            cell = plain(last[key.upperBound...].drop { $0 == " " || $0 == ":" }.prefix { $0 != "," && $0 != "}" })
        } else {
            let names = header.split(separator: ",", omittingEmptySubsequences: false).map(plain)
            let cells = last.split(separator: ",", omittingEmptySubsequences: false).map(plain)
            guard let place = names.firstIndex(of: response), cells.indices.contains(place) else { return false }
            cell = cells[place]
        }
        return ["nan", "inf", "+inf", "-inf", "infinity", "-infinity"].contains(cell.lowercased())
    }
}

extension Warning {
    /// A run that lost its loss.
    fileprivate static func diverged(_ run: Int, file: String, response: String) -> Warning {
        Warning(
            code: "diverged-run",
            message: "run \(run) ended without a number for \(response), and is left out of the fit",
            hint: "to make it again, perhaps at a smaller learning rate, remove \(file) and its .done")
    }

    /// A result that counts as not there.
    fileprivate static func unreadableResult(_ file: String, problem: String) -> Warning {
        Warning(
            code: "unreadable-result", message: "\(file) is not counted: \(problem)",
            hint: "look again when it is whole, or mend it")
    }
}
