// read: logs of training software to a table that a law can be fitted to.

import Reports
import Scaling
import Tables

/// Reads what training software left, decides what is the final loss, and makes a table.
public enum ReadVerb: Verb {
    public static let name = "read"

    /// - Throws: ``WorkbenchError``, `LogError`, `ScalingError`.
    public static func answer(_ request: ReadRequest) throws -> Answer<ReadReply> {
        var none: LogCache?
        return try answer(request, of: logs(request, &none))
    }

    /// What a request reads; files that are as they were at the last reading with this cache are not read again.
    public static func logs(_ request: ReadRequest, _ cache: inout LogCache?) throws -> RunLogs {
        if request.sources.isEmpty { throw WorkbenchError.noSource }
        if let save = request.save { try OutputFile.check(save) }
        // What cannot be asked for is said before anything is read.
        _ = try choices(request)
        if request.run != nil, request.pattern != nil { throw WorkbenchError.oneOf(["--run", "--pattern"]) }
        return try RunLogs.read(
            request.sources, pattern: request.pattern, runColumns: request.run ?? [], besides: request.save, &cache)
    }

    /// The answer to a request whose sources have been read.
    public static func answer(_ request: ReadRequest, of logs: RunLogs) throws -> Answer<ReadReply> {
        let choices = try choices(request)
        let reading = try RunReading(logs, choices)
        let table = reading.table(name: request.save ?? (choices.isOfCurves ? "curves.csv" : "runs.csv"))
        if let save = request.save { try OutputFile.write(table.csv, to: save) }
        let next = next(reading, table, save: request.save)
        return Answer(ReadReply(reading, table, saved: request.save), table: { table.csv }) {
            .reading(reading, table, sources: request.sources, saved: request.save, next: next)
        }
    }

    private static func choices(_ request: ReadRequest) throws -> RunChoices {
        var choices = RunChoices()
        choices.isOfCurves = request.curves ?? false
        choices.losses = request.loss
        if let text = request.finalLoss {
            if choices.isOfCurves { throw WorkbenchError.oneOf(["--curves", "--final-loss"]) }
            if text == "all" {
                choices.finals = FinalLoss.forComparison
            } else {
                guard let final = FinalLoss(text) else {
                    throw WorkbenchError.unknownChoice(text, option: "--final-loss", choices: FinalLoss.examples)
                }
                choices.finals = [final]
            }
        }
        for state in request.include ?? [] {
            guard RunChoices.states.contains(state) else {
                throw WorkbenchError.unknownChoice(state, option: "--include", choices: RunChoices.states)
            }
            choices.included.insert(state)
        }
        // The rows of a run in progress are what a forecast is made from.
        if choices.isOfCurves { choices.included.insert("interrupted") }
        choices.taken = request.take ?? [:]
        choices.set = (request.set ?? [:]).sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        choices.kept = request.keep
        choices.series = request.series ?? []
        return choices
    }

    /// What holds for the rows of a run. A label may be in either kind of quotation marks.
    public static func condition(_ run: String) -> String {
        let mark = run.contains("\"") ? "'" : "\""
        return "run == \(mark)\(run)\(mark)"
    }

    // What can be typed as the table stands.
    private static func next(_ reading: RunReading, _ table: Table, save: String?) -> [String] {
        let file = NextCommands.quoted(save ?? table.name)
        var commands = save == nil ? ["allometry read … --to \(file)"] : []
        func has(_ name: String) -> Bool { table[name] != nil }
        if reading.choices.isOfCurves {
            if has("lr") {
                let one = reading.kept.first?.log.name ?? ""
                commands.append(
                    "allometry forecast \(file) --law luo-2025 --where \(NextCommands.quoted(condition(one))) --column schedule=run "
                        + "--schedule 'column rate=lr fill=linear'")
            }
            return commands
        }
        let size = has("params_non_embedding") ? "params_non_embedding" : has("params") ? "params" : nil
        if let size, has("tokens") {
            commands.append("allometry fit \(file) --law hoffmann-2022 --column 'N=\(size), D=tokens'")
            if reading.choices.finals.count > 1 {
                commands.append("allometry sensitivity \(file) --law hoffmann-2022 --column 'N=\(size), D=tokens'")
            }
        } else if has("tokens") {
            commands.append("allometry fit \(file) --formula 'loss ~ E + B/tokens^beta'")
        } else if let size {
            commands.append("allometry fit \(file) --formula 'loss ~ E + A/\(size)^alpha'")
        }
        return commands
    }
}
