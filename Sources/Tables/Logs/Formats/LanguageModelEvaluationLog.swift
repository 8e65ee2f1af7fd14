// Results of the lm-evaluation-harness: scores of many tasks with their standard errors.

extension RunLogFormat {
    /// A `results_*.json` of the lm-evaluation-harness.
    ///
    /// The score `acc,none` of the task `arc_easy` becomes the setting `arc_easy/acc`, its `acc_stderr,none` becomes
    /// `arc_easy/acc_stderr`; another filter than `none` stays in the name. The run is called by the model's.
    public static let languageModelEvaluation = RunLogFormat(
        name: "lm-evaluation-harness", summary: "results_*.json, scores with their standard errors",
        confidence: { file in
            guard file.firstVisible == UInt8(ascii: "{"), file.contains("\"results\"") else { return 0 }
            return file.contains("_stderr") || file.contains("\"versions\"") ? 2 : 0
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            let document = JSONDocument(file.bytes, file: file.path)
            let root = document.value
            var log = RunLog(name: file.path.runName, source: file.path)
            if let fault = document.fault { log.notices.append(.brokenOff(file.path, fault)) }
            let arguments = root["config"]?["model_args"]?.text ?? ""
            let pretrained =
                root["config"]?["model_args"]?["pretrained"]?.text
                ?? arguments.split(separator: ",").first { $0.hasPrefix("pretrained=") }
                .map { String($0.dropFirst("pretrained=".count)) }
            if let model = root["model_name"]?.text ?? pretrained { log.name = model.lastPart }
            if let hash = root["git_hash"] { log.settings += hash.settings(under: "git_hash", source: file.path) }
            let count = root["config"]?["model_num_parameters"]
            if let count { log.settings += count.settings(under: "num_parameters", source: file.path) }
            for task in root["results"]?.entries ?? [] {
                for score in task.value.entries {
                    // "N/A" stands for an error that was not estimated.
                    guard case .number(let value) = score.value else { continue }
                    let parts = score.key.split(separator: ",", maxSplits: 1).map(String.init)
                    let filter = parts.count > 1 && parts[1] != "none" ? ",\(parts[1])" : ""
                    log.settings.append(
                        .init(key: "\(task.key)/\(parts[0])\(filter)", value: .number(value), source: file.path))
                }
            }
            return [log]
        })
}
