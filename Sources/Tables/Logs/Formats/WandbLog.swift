// What Weights & Biases leaves or exports: charts as CSV, the history as JSON Lines, folders of runs on disk.

extension RunLogFormat {
    /// Runs of Weights & Biases.
    ///
    /// - A chart that was exported as CSV has a column `run - metric` for every run, with `__MIN` and `__MAX` beside it.
    /// - A history has one object a line with `_step`, as `run.scan_history()` gives them.
    /// - A folder `wandb/run-…` or `wandb/offline-run-…` has the run itself in `run-<id>.wandb`, and online also
    ///   `files/config.yaml`, `files/wandb-summary.json` and `files/wandb-metadata.json`. The file holds every row that was
    ///   logged, synchronised or not.
    public static let wandb = RunLogFormat(
        name: "Weights & Biases",
        summary: "exported charts, histories, and folders wandb/run-… and wandb/offline-run-…",
        claims: { folder in
            let hasRun = folder.files.contains { $0.hasPrefix("run-") && $0.hasSuffix(".wandb") }
            if hasRun || WandbFolder.isRun(folder) { return Set(folder.folders + folder.files) }
            // The link to the latest run is that run again.
            return folder.folders.contains("latest-run") ? ["latest-run"] : []
        },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            let hasRun = folder.files.contains { $0.hasPrefix("run-") && $0.hasSuffix(".wandb") }
            return hasRun || WandbFolder.isRun(folder) ? [try WandbFolder.read(folder)] : []
        },
        confidence: { file in
            switch file.ending {
            case "csv": WandbExport.recognizes(file) ? 2 : 0
            case "json", "jsonl", "ndjson":
                file.contains("\"_step\"", within: 1 << 16) && file.contains("\"_runtime\"", within: 1 << 16) ? 2 : 0
            case "wandb": 2
            default: 0
            }
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            if file.ending == "wandb" { return [WandbRecords.log(file, name: file.name.stem)] }
            let read = try TolerantTable(file)
            var logs: [RunLog]
            if file.ending == "csv" {
                logs = WandbExport.runs(read.table, source: file.path)
            } else {
                logs = StepTable(read.table)?.runs(name: file.path.runName, source: file.path) ?? []
            }
            if !logs.isEmpty { logs[0].notices += read.notices }
            return logs
        })
}
