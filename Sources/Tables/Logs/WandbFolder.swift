// The folder of a run of Weights & Biases: the records of the run, and the files that are kept beside them.

enum WandbFolder {
    static func isRun(_ folder: LogFolder) -> Bool {
        guard folder.folders.contains("files") else { return false }
        return ["wandb-summary.json", "config.yaml", "wandb-metadata.json"].contains { name in
            LogFolder.kind(folder.path(of: "files/\(name)")) != 0
        }
    }

    static func read(_ folder: LogFolder) throws(TableError) -> RunLog {
        var log = RunLog(name: folder.name, source: folder.path)
        if let name = folder.files.first(where: { $0.hasPrefix("run-") && $0.hasSuffix(".wandb") }) {
            log = WandbRecords.log(try LogFile(reading: folder.path(of: name)), name: folder.name)
            log.source = folder.path
        } else if let id = folder.name.split(separator: "-").last {
            log.settings.append(.init(key: "run_id", value: .text(String(id)), source: folder.path))
        }
        // The records say it all, where there are any; the files repeat them.
        let known = Set(log.settings.map(\.key) + log.series.map(\.name))
        for (name, keep) in [
            ("config.yaml", "config"), ("wandb-summary.json", "summary"), ("wandb-metadata.json", "metadata"),
        ] {
            let path = folder.path(of: "files/\(name)")
            guard let file = try? SettingsFile(path) else { continue }
            log.notices += file.notices
            for entry in file.value.entries {
                // Each key of the configuration wraps its value: lr: {desc: null, value: 0.1}.
                let value = keep == "config" ? entry.value["value"] ?? entry.value : entry.value
                if entry.key.hasPrefix("_") || entry.key == "wandb_version" { continue }
                if keep == "metadata", !["host", "gpu", "gpu_count", "startedAt"].contains(entry.key) { continue }
                log.settings += value.settings(under: entry.key, source: path).filter {
                    !known.contains($0.key)
                }
            }
        }
        return log
    }
}
