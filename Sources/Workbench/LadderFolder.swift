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
/// `ladder.json` has the request, `runs.csv` a row a run, `run.sh` a command a run. Results come in as rows of `results.csv`
/// with the columns `run` and the response, or as `results/01.csv` or `results/01.jsonl`, whose last row counts.
struct LadderFolder {
    let path: String

    private var requestFile: String { "\(path)/ladder.json" }
    private var resultsFolder: String { "\(path)/results" }

    // MARK: - Writing

    /// Writes all three files; those that stand there stay, where they are the same.
    ///
    /// - Throws: ``WorkbenchError/otherLadder(_:)`` where the folder holds another ladder.
    func write(_ design: LadderDesign, _ request: LadderRequest) throws -> [String] {
        var kept = request
        kept.folder = nil
        let files = [
            (requestFile, JSON.encode(kept)), ("\(path)/runs.csv", try Self.csv(design)),
            ("\(path)/run.sh", try script(design, request)),
        ]
        if let known = try? TextFile.read(requestFile), known != files[0].1 { throw WorkbenchError.otherLadder(path) }
        for folder in [path, resultsFolder] where mkdir(folder, 0o777) != 0 && errno != EEXIST {
            throw WorkbenchError.cannotWrite(file: folder, code: errno)
        }
        for (file, text) in files { try OutputFile.write(text, to: file) }
        return files.map(\.0)
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
            (["run"] + inputs.map(\.name) + ["cost", "predicted_\(response)", "lr", "batch"]).map(quoted)
                .joined(separator: ",")
        ]
        for (place, run) in design.runs.enumerated() {
            let cells = inputs.map { input -> String in
                switch run.point[input.name] {
                case .number(let value): Expression.decimal(value)
                case .label(let label): quoted(label)
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

    private static func quoted(_ text: String) -> String {
        text.contains { $0 == "," || $0 == "\"" || $0 == "\n" }
            ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    // MARK: - Commands

    /// The command of each run.
    ///
    /// - Throws: ``WorkbenchError/unknownPlace(_:known:)`` for a name in braces that no run has.
    func commands(_ design: LadderDesign, _ template: String) throws -> [String] {
        try design.runs.enumerated().map { place, run in
            var values = [
                "run": Self.name(place, of: design.runs.count), "folder": NextCommands.quoted(path),
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

    private static func filled(_ template: String, _ values: [String: String]) throws -> String {
        var (text, rest) = ("", template[...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = values[name] else {
                throw WorkbenchError.unknownPlace(name, known: values.keys.sorted())
            }
            text += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    // A run whose result is there is passed by, so that the script can be run again.
    private func script(_ design: LadderDesign, _ request: LadderRequest) throws -> String {
        let inputs = design.choice.law.inputs.map { "\($0.name) {\($0.name)}" }.joined(separator: " ")
        let template = request.command ?? "echo train {run}: \(inputs)"
        let commands = try commands(design, template)
        var lines = [
            "#!/bin/sh",
            "# A run is done when results/NN.csv or results/NN.jsonl is there, or results/NN.done; the script"
                + " may be run again.", "cd \"$(dirname \"$0\")\" || exit 1", "",
        ]
        for (place, command) in commands.enumerated() {
            let name = Self.name(place, of: design.runs.count)
            lines.append("# \(name)  \(design.runs[place].point.text(design.choice.law))")
            lines.append(
                "[ -e results/\(name).csv ] || [ -e results/\(name).jsonl ] || [ -e results/\(name).done ] ||")
            // On a line of its own, so that a comment at its end swallows nothing.
            lines += ["{ (", command, ") && : > results/\(name).done; } || exit 1"]
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
    /// - Throws: `TableError` for a file that cannot be read or lacks the response.
    func measured(_ design: LadderDesign) throws -> [Double?] {
        let response = Self.response(design.choice.law)
        var found = [Double?](repeating: nil, count: design.runs.count)
        let together = "\(path)/results.csv"
        if access(together, F_OK) == 0 {
            let table = try Table.read(path: together)
            let (numbers, values) = (try table.numbers("run"), try table.numbers(response))
            for (number, value) in zip(numbers, values) where value.isFinite {
                let place = Int(number) - 1
                if found.indices.contains(place) { found[place] = value }
            }
        }
        for place in found.indices {
            let name = Self.name(place, of: found.count)
            for file in ["csv", "jsonl"].map({ "\(resultsFolder)/\(name).\($0)" }) where access(file, F_OK) == 0 {
                if let value = try Table.read(path: file).numbers(response).last(where: \.isFinite) {
                    found[place] = value
                }
            }
        }
        return found
    }
}
