// What our own trainer leaves: log.jsonl with one line a step, result.json once finished, failed.txt if it diverged.

extension RunLogFormat {
    /// A folder of `byte-ladder train`.
    ///
    /// The options of the run in `result.json` come without the keys above them: `run.tokens` is `tokens`.
    public static let byteLadder = RunLogFormat(
        name: "ByteLadder", summary: "log.jsonl, result.json and failed.txt of byte-ladder",
        claims: { folder in
            guard folder.files.contains("log.jsonl"),
                ["result.json", "failed.txt", "checkpoint"].contains(where: folder.files.contains)
            else { return [] }
            return Set(["log.jsonl", "result.json", "failed.txt", "checkpoint", "lock"]).intersection(folder.files)
        },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            let path = folder.path(of: "log.jsonl")
            let file = try LogFile(reading: path)
            var log = RunLog(name: folder.name, source: folder.path)
            if !file.bytes.isEmpty {
                let read = try TolerantTable(file)
                if let found = StepTable(read.table)?.runs(name: folder.name, source: path).first { log = found }
                log.notices += read.notices
            }
            (log.name, log.source) = (folder.name, folder.path)
            if folder.files.contains("result.json") {
                let result = try SettingsFile(folder.path(of: "result.json"))
                log.settings += result.settings.map { setting in
                    var setting = setting
                    for prefix in ["run.shape.", "run.schedule.", "run."] where setting.key.hasPrefix(prefix) {
                        let name = String(setting.key.dropFirst(prefix.count))
                        setting.key = name == "kind" ? "schedule" : name
                        break
                    }
                    return setting
                }
                log.settings.append(
                    .init(key: "state", value: .text("finished"), source: folder.path(of: "result.json")))
                log.notices += result.notices
            } else {
                let state = folder.files.contains("failed.txt") ? "diverged" : "running"
                log.settings.append(.init(key: "state", value: .text(state), source: folder.path))
            }
            return [log]
        })
}
