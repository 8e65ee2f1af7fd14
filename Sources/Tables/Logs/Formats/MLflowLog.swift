// MLflow's file store: mlruns/<experiment>/<run>/{meta.yaml, metrics, params, tags}.

extension RunLogFormat {
    /// The folder of one run in MLflow's file store.
    ///
    /// A metric is a file whose lines are milliseconds since 1970, the value, and the step; its name may have slashes, which
    /// are folders. A parameter and a tag are a file each that holds the value. `meta.yaml` says the name and the status.
    public static let mlflow = RunLogFormat(
        name: "MLflow", summary: "runs of the file store, mlruns/<experiment>/<run>",
        claims: { folder in
            guard folder.files.contains("meta.yaml"),
                folder.folders.contains("metrics") || folder.folders.contains("params")
            else { return [] }
            return Set(folder.folders + ["meta.yaml"])
        },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            var log = RunLog(name: folder.name, source: folder.path)
            let meta = try SettingsFile(folder.path(of: "meta.yaml"))
            log.notices += meta.notices
            if let name = meta.value["run_name"]?.text, !name.isEmpty { log.name = name }
            for setting in meta.settings where ["experiment_id", "run_id", "lifecycle_stage"].contains(setting.key) {
                log.settings.append(setting)
            }
            if let status = meta.value["status"]?.number ?? meta.value["status"]?.text.flatMap(status) {
                let words = [1: "running", 2: "scheduled", 3: "finished", 4: "failed", 5: "killed"]
                if let state = words[Int(step: status) ?? 0] {
                    log.settings.append(
                        .init(key: "state", value: .text(state), source: folder.path(of: "meta.yaml")))
                }
            }
            try leaves(folder.path(of: "params")) { key, file in
                let text = String(decoding: file.bytes, as: UTF8.self)
                log.settings.append(.init(key: key, value: SettingText.value(text), source: file.path))
            }
            try leaves(folder.path(of: "tags")) { key, file in
                if key == "mlflow.runName" || key.hasPrefix("mlflow.") { return }
                let text = String(decoding: file.bytes, as: UTF8.self)
                log.settings.append(.init(key: key, value: SettingText.value(text), source: file.path))
            }
            var builder = SeriesBuilder()
            try leaves(folder.path(of: "metrics")) { key, file in
                TextLines.forEach(in: file.bytes) { bytes, number, isCutOff in
                    let fields = TextLines.text(bytes).split(separator: " ")
                    if fields.count >= 3, !isCutOff, let time = Cell.loggedNumber(String(fields[0])),
                        let value = Cell.loggedNumber(String(fields[1])),
                        let step = Cell.loggedNumber(String(fields[2])).flatMap(Int.init(step:))
                    {
                        builder.append(key, step: step, value: value, time: time / 1000)
                    } else {
                        log.notices.append(
                            isCutOff ? .cutOff(file.path, number) : .badMetric(file.path, number))
                    }
                }
            }
            log.series = builder.finished()
            return [log]
        })

    // Newer stores write the status as a word.
    private static func status(_ word: String) -> Double? {
        ["RUNNING": 1, "SCHEDULED": 2, "FINISHED": 3, "FAILED": 4, "KILLED": 5][word]
    }

    // The files below a folder, by their paths in it.
    private static func leaves(
        _ path: String, prefix: String = "", depth: Int = 0, _ body: (String, LogFile) -> Void
    ) throws(TableError) {
        guard depth < 8, LogFolder.kind(path) == S_IFDIR else { return }
        let folder = try LogFolder(listing: path)
        for name in folder.files { body(prefix + name, try LogFile(reading: folder.path(of: name))) }
        for name in folder.folders {
            try leaves(folder.path(of: name), prefix: prefix + name + "/", depth: depth + 1, body)
        }
    }
}

extension RunLog.Notice {
    fileprivate static func badMetric(_ path: String, _ line: Int) -> RunLog.Notice {
        RunLog.Notice(
            code: "log-damaged", message: "\(path):\(line): no time, value and step; the line is left out",
            hint: "look at that line of the file")
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
