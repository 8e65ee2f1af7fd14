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
/// `ladder.json` has the request, `runs.csv` a row a run, `run.sh` a command a run where there is one; laws that are not of
/// the program's own atlas are copied, so that the folder needs no other file. Results come in as rows of `results.csv` with
/// the columns `run` and the response, or as `results/01.csv` or `results/01.jsonl`, whose last row counts. A run that the
/// script began is over once there is `results/01.done`.
struct LadderFolder {
    let path: String

    private var requestFile: String { "\(path)/ladder.json" }
    var resultsFolder: String { "\(path)/results" }

    // MARK: - Writing

    /// Writes the files; a ladder of the same runs may get another command.
    ///
    /// - Throws: ``WorkbenchError/otherLadder(_:)`` where the folder holds another ladder.
    func write(_ design: LadderDesign, _ request: LadderRequest) throws -> [String] {
        var kept = request
        kept.folder = nil
        let copies = try copies(&kept)
        let runs = try Self.csv(design)
        var files = [(requestFile, JSON.encode(kept)), ("\(path)/runs.csv", runs)] + copies
        if let command = request.command { files.append(("\(path)/run.sh", try script(design, command))) }
        if access(requestFile, F_OK) == 0 {
            // The same request may choose other runs: its law may have changed meanwhile.
            let before = try? TextFile.read("\(path)/runs.csv")
            if try Self.withoutCommand(self.request()) != Self.withoutCommand(kept) || before ?? runs != runs {
                throw WorkbenchError.otherLadder(path)
            }
        }
        for folder in [path, resultsFolder] where mkdir(folder, 0o777) != 0 && errno != EEXIST {
            throw WorkbenchError.cannotWrite(file: folder, code: errno)
        }
        for (file, text) in files { try OutputFile.write(text, to: file) }
        return files.map(\.0)
    }

    // Laws of files and of the user's own folders are kept beside the request, which then names the copies.
    private func copies(_ request: inout LadderRequest) throws -> [(String, String)] {
        var copies: [(String, String)] = []
        let atlas = try AtlasSource.atlas(request.atlas)
        for key in Self.laws {
            guard let id = request[keyPath: key] else { continue }
            let isFile = id.contains("/") || id.hasSuffix(".law")
            if !isFile, (try? Atlas.embedded.law(id)) != nil, request.atlas == nil { continue }
            let text = isFile ? try TextFile.read(id) : LawFile.print(try Law.load(id, atlas: atlas))
            // Under its own name, which is what pages call it.
            var name = id.split(separator: "/").last.map(String.init) ?? id
            if !name.hasSuffix(".law") { name += ".law" }
            while copies.contains(where: { $0.0 == "\(path)/\(name)" && $0.1 != text }) { name = "other-" + name }
            if !copies.contains(where: { $0.0 == "\(path)/\(name)" }) { copies.append(("\(path)/\(name)", text)) }
            request[keyPath: key] = name
        }
        // A copied law may call others.
        request.atlas = request.atlas?.map(Self.absolute)
        return copies
    }

    private static var laws: [WritableKeyPath<LadderRequest, String?>] { [\.lawName, \.learningRate, \.batch] }

    private static func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
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

    // MARK: - The request

    /// What was asked for, its copied laws named by their place.
    func request() throws -> LadderRequest {
        guard let text = try? TextFile.read(requestFile) else { throw WorkbenchError.noLadder(path) }
        do { return try JSON.decode(LadderRequest.self, from: text) } catch { throw WorkbenchError.noLadder(path) }
    }

    /// The same with the paths of its copied laws.
    func located() throws -> LadderRequest {
        var request = try request()
        for key in Self.laws {
            guard let name = request[keyPath: key], name.hasSuffix(".law"), !name.contains("/"),
                access("\(path)/\(name)", F_OK) == 0
            else { continue }
            request[keyPath: key] = "\(path)/\(name)"
        }
        return request
    }
}

extension LadderRequest {
    /// The law, as one of the three that a folder may keep.
    fileprivate var lawName: String? {
        get { law }
        set { law = newValue ?? law }
    }
}
