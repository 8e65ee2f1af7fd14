// What the Trainer of Hugging Face's transformers leaves: trainer_state.json, *_results.json, config.json, checkpoints.

extension RunLogFormat {
    /// The output folder of a `Trainer`, or a `trainer_state.json` by itself.
    ///
    /// Every entry of `log_history` gives a value at its `step`; the summary at the end (`train_runtime`, `total_flos`) and
    /// what the state says of the run (`max_steps`, `train_batch_size`) are settings, as are `config.json` and the
    /// `*_results.json`. Of checkpoints the one with the most steps is read, where the folder itself has no later state:
    /// each holds the history of all before it.
    public static let huggingFaceTrainer = RunLogFormat(
        name: "Hugging Face Trainer", summary: "trainer_state.json, *_results.json, config.json, checkpoint folders",
        claims: { folder in
            let checkpoints = folder.folders.filter { checkpoint($0) != nil }
            let hasState = folder.files.contains("trainer_state.json")
            let states = checkpoints.filter { LogFolder.kind(folder.path(of: $0) + "/trainer_state.json") != 0 }
            guard hasState || !states.isEmpty else { return [] }
            // What lies in runs is the same history for TensorBoard.
            let events = folder.folders.filter { $0 == "runs" }
            return Set(checkpoints + events + trainerFiles.filter(folder.files.contains))
        },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            let checkpoints = folder.folders.filter { checkpoint($0) != nil }
                .sorted { checkpoint($0) ?? 0 > checkpoint($1) ?? 0 }
            var log = RunLog(name: folder.name, source: folder.path)
            var states: [LogFile] = []
            for name in ["trainer_state.json"] + checkpoints.map({ "\($0)/trainer_state.json" }) {
                if let file = try? LogFile(reading: folder.path(of: name)) { states.append(file) }
            }
            // The latest state that is whole, else the latest.
            let read = states.map { (file: $0, document: JSONDocument($0.bytes, file: $0.path)) }
            let steps = read.map { $0.document.value["global_step"]?.number ?? lastStep($0.document.value) }
            let best = read.indices.max { (steps[$0], -$0) < (steps[$1], -$1) }
            if let best { add(read[best].document, of: read[best].file, to: &log) }
            for place in read.indices where place != best {
                if let fault = read[place].document.fault {
                    log.notices.append(.brokenOff(read[place].file.path, fault))
                }
            }
            for name in trainerFiles where name != "trainer_state.json" {
                let inFolder = folder.files.contains(name) ? folder.path(of: name) : nil
                let path =
                    inFolder
                    ?? (name == "config.json" ? checkpoints.first.map { folder.path(of: "\($0)/\(name)") } : nil)
                guard let path, let settings = try? SettingsFile(path) else { continue }
                log.settings += settings.settings
                log.notices += settings.notices
            }
            return [log]
        },
        confidence: { $0.contains("\"log_history\"") ? 2 : 0 },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            var log = RunLog(name: file.path.runName, source: file.path)
            add(JSONDocument(file.bytes, file: file.path), of: file, to: &log)
            return [log]
        })

    private static let trainerFiles = [
        "trainer_state.json", "all_results.json", "train_results.json", "eval_results.json", "config.json",
    ]

    private static func checkpoint(_ name: String) -> Int? {
        name.hasPrefix("checkpoint-") ? Int(name.dropFirst("checkpoint-".count)) : nil
    }

    private static func lastStep(_ state: ConfigValue) -> Double {
        state["log_history"]?.elements.last?["step"]?.number ?? 0
    }

    private static func add(_ document: JSONDocument, of file: LogFile, to log: inout RunLog) {
        if let fault = document.fault { log.notices.append(.brokenOff(file.path, fault)) }
        for entry in document.value.entries where entry.key != "log_history" && entry.key != "stateful_callbacks" {
            log.settings += entry.value.settings(under: entry.key, source: file.path)
        }
        var builder = SeriesBuilder()
        for entry in document.value["log_history"]?.elements ?? [] {
            guard let number = entry["step"]?.number, let step = builder.step(number, at: file.path) else { continue }
            // The last entry sums up: its train_loss is the mean over the run, and no loss at its step.
            let isSummary = entry["train_runtime"] != nil
            for part in entry.entries where part.key != "step" {
                guard let value = part.value.number else { continue }
                if isSummary {
                    if part.key == "epoch" { continue }
                    log.settings.append(.init(key: part.key, value: .number(value), source: file.path))
                } else {
                    builder.append(part.key, step: step, value: value)
                }
            }
        }
        log.series = builder.finished()
        log.notices += builder.notices
    }
}
