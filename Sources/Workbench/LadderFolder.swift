// The folder of a ladder: what was asked, the runs, their commands, and the results that come in.

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

/// Writes and reads the folder of a ladder.
///
/// `ladder.json` has the request, `runs.csv` a row a run, `run.sh` a command a run where there is one. Results come in as
/// rows of `results.csv` with the columns `run` and the response, or as `results/01.csv` or `results/01.jsonl`, whose last
/// row counts. A run that the script began is over once there is `results/01.done`.
struct LadderFolder {
    let path: String

    private var requestFile: String { "\(path)/ladder.json" }
    private var resultsFolder: String { "\(path)/results" }

    // MARK: - Writing

    /// Writes the files; a ladder of the same runs may get another command.
    ///
    /// - Throws: ``WorkbenchError/otherLadder(_:)`` where the folder holds another ladder.
    func write(_ design: LadderDesign, _ request: LadderRequest) throws -> [String] {
        var kept = request
        kept.folder = nil
        var files = [(requestFile, JSON.encode(kept)), ("\(path)/runs.csv", try Self.csv(design))]
        if let command = request.command { files.append(("\(path)/run.sh", try script(design, command))) }
        if access(requestFile, F_OK) == 0, try Self.withoutCommand(self.request()) != Self.withoutCommand(kept) {
            throw WorkbenchError.otherLadder(path)
        }
        for folder in [path, resultsFolder] where mkdir(folder, 0o777) != 0 && errno != EEXIST {
            throw WorkbenchError.cannotWrite(file: folder, code: errno)
        }
        for (file, text) in files { try OutputFile.write(text, to: file) }
        return files.map(\.0)
    }

    private static func withoutCommand(_ request: LadderRequest) -> String {
        var request = request
        (request.command, request.folder) = (nil, nil)
        return JSON.encode(request)
    }

    /// `01`, `02`.
    static func name(_ place: Int, of count: Int) -> String {
        let digits = max(2, "\(count)".count)
        let number = "\(place + 1)"
        return String(repeating: "0", count: max(0, digits - number.count)) + number
    }

    static func csv(_ design: LadderDesign) throws -> String {
        let inputs = design.choice.law.inputs
        let response = Self.response(design.choice.law)
        var lines = [
            (["run"] + inputs.map(\.name) + ["cost", "predicted_\(response)", "lr", "batch"]).map(CSVText.cell)
                .joined(separator: ",")
        ]
        for (place, run) in design.runs.enumerated() {
            let cells = inputs.map { input -> String in
                switch run.point[input.name] {
                case .number(let value): Expression.decimal(value)
                case .label(let label): CSVText.cell(label)
                case nil: ""
                }
            }
            let rest = [run.cost, run.predicted, run.learningRate, run.batch].map { $0.map(Expression.decimal) ?? "" }
            lines.append(([name(place, of: design.runs.count)] + cells + rest).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func response(_ law: Law) -> String {
        law.formula?.response?.symbols.first?.name ?? law.response?.name ?? "loss"
    }

    // MARK: - Commands

    /// The command of each run.
    ///
    /// - Parameter folder: what stands for this folder in a shell; its quoted path unless given.
    /// - Throws: ``WorkbenchError/unknownPlace(_:known:)`` for a name in braces that no run has.
    func commands(_ design: LadderDesign, _ template: String, folder: String? = nil) throws -> [String] {
        try design.runs.enumerated().map { place, run in
            var values = [
                "run": Self.name(place, of: design.runs.count), "folder": folder ?? NextCommands.quoted(path),
                "cost": Expression.decimal(run.cost),
            ]
            for (name, value) in run.point.values {
                switch value {
                case .number(let number): values[name] = Expression.decimal(number)
                case .label(let label): values[name] = NextCommands.quoted(label)
                }
            }
            if let rate = run.learningRate { values["lr"] = Numeral.short(rate, digits: 3) }
            if let batch = run.batch {
                values["batch"] = Expression.decimal(batch.rounded())
                if let data = run.point.number("D") {
                    values["steps"] = Expression.decimal((data / batch).rounded(.up))
                }
            }
            return try Self.filled(template, values)
        }
    }

    // {N} is a run's number; {{ and }} are braces that the shell is to see, and ${NAME} is the shell's own.
    private static func filled(_ template: String, _ values: [String: String]) throws -> String {
        var (text, rest) = ("", template[...])
        while let place = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let mark = rest[place]
            let next = rest.index(after: place)
            if next < rest.endIndex, rest[next] == mark {
                text += rest[..<next]
                rest = rest[rest.index(after: next)...]
                continue
            }
            let isOfTheShell = rest[..<place].last == "$" || (rest.startIndex == place && text.last == "$")
            guard mark == "{", !isOfTheShell, let close = rest[next...].firstIndex(of: "}") else {
                if mark == "{", !isOfTheShell {
                    throw WorkbenchError.unknownPlace(String(rest[next...]), known: values.keys.sorted())
                }
                text += rest[..<next]
                rest = rest[next...]
                continue
            }
            guard let value = values[String(rest[next..<close])] else {
                throw WorkbenchError.unknownPlace(String(rest[next..<close]), known: values.keys.sorted())
            }
            text += rest[..<place] + value
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    // A run that is over is passed by, so that the script can be run again.
    private func script(_ design: LadderDesign, _ template: String) throws -> String {
        let commands = try commands(design, template, folder: "\"$here\"")
        var lines = [
            "#!/bin/sh",
            "# Commands run where this script is started from. A run is over when there is results/NN.done, or a result",
            "# that was put there by hand; the script may be started again.",
            "here=$(cd \"$(dirname \"$0\")\" && pwd) || exit 1",
            "is_over() { [ -e \"$here/results/$1.done\" ] || { [ ! -e \"$here/results/$1.begun\" ] &&",
            "    { [ -e \"$here/results/$1.csv\" ] || [ -e \"$here/results/$1.jsonl\" ]; }; }; }", "",
        ]
        for (place, command) in commands.enumerated() {
            let name = Self.name(place, of: design.runs.count)
            lines.append("# \(name)  \(design.runs[place].point.text(design.choice.law))")
            // On a line of its own, so that a comment at its end swallows nothing.
            lines += [
                "is_over \(name) || { : > \"$here/results/\(name).begun\"; (", command,
                ") && : > \"$here/results/\(name).done\"; } || exit 1",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Reading

    func request() throws -> LadderRequest {
        guard let text = try? TextFile.read(requestFile) else { throw WorkbenchError.noLadder(path) }
        do { return try JSON.decode(LadderRequest.self, from: text) } catch { throw WorkbenchError.noLadder(path) }
    }

    /// The measured response of each run; nil where it has not ended.
    ///
    /// - Throws: ``WorkbenchError/otherRuns(_:)`` where the folder's runs are not those of the design, as after a law
    ///   changed; ``WorkbenchError/unknownRun(_:file:count:)``; `TableError` for a file that cannot be read or lacks the
    ///   response.
    func measured(_ design: LadderDesign) throws -> [Double?] {
        try check(design)
        let response = Self.response(design.choice.law)
        var found = [Double?](repeating: nil, count: design.runs.count)
        let together = "\(path)/results.csv"
        if access(together, F_OK) == 0 {
            let table = try Table.read(path: together)
            let (numbers, values) = (try table.numbers("run"), try table.numbers(response))
            for (number, value) in zip(numbers, values) where value.isFinite {
                guard let place = Int(exactly: number).map({ $0 - 1 }), found.indices.contains(place) else {
                    throw WorkbenchError.unknownRun(number, file: together, count: found.count)
                }
                found[place] = value
            }
        }
        for place in found.indices {
            let name = Self.name(place, of: found.count)
            // What a run under way has written is not its end.
            func exists(_ ending: String) -> Bool { access("\(resultsFolder)/\(name).\(ending)", F_OK) == 0 }
            if exists("begun"), !exists("done") { continue }
            for file in ["csv", "jsonl"].map({ "\(resultsFolder)/\(name).\($0)" }) where access(file, F_OK) == 0 {
                if let value = try Table.read(path: file).numbers(response).last(where: \.isFinite) {
                    found[place] = value
                }
            }
        }
        return found
    }

    private func check(_ design: LadderDesign) throws {
        let table = try Table.read(path: "\(path)/runs.csv")
        var isSame = table.rowCount == design.runs.count
        for input in design.choice.law.inputs where isSame && !input.isLabel {
            let written = try table.numbers(input.name)
            isSame = zip(written, design.runs).allSatisfy { $0 == $1.point.number(input.name) }
        }
        if !isSame { throw WorkbenchError.otherRuns(path) }
    }
}
