// A file of settings, JSON or YAML, read with notices instead of errors.

/// The settings of a configuration file.
struct SettingsFile {
    /// The names of files that say how a run was made, without their endings; such a file beside the only run of a
    /// folder is that run's.
    static let names: Set<String> = [
        "args", "arguments", "cfg", "conf", "config", "configuration", "hparams", "hyperparameters", "model_config",
        "params", "settings", "train_config", "training_args",
    ]

    private(set) var value: ConfigValue
    private(set) var settings: [RunLog.Setting]
    private(set) var notices: [RunLog.Notice] = []

    init(_ path: String) throws(TableError) { self.init(try LogFile(reading: path)) }

    init(_ file: LogFile) {
        let isYAML = ["yaml", "yml"].contains(file.name.ending) || file.firstVisible != UInt8(ascii: "{")
        if isYAML {
            let document = YAMLDocument(file.bytes)
            value = document.value
            notices = document.faults.map { line, what in .unreadSetting(file.path, line: line, what) }
        } else {
            let document = JSONDocument(file.bytes, file: file.path)
            value = document.value
            if let fault = document.fault { notices = [.brokenOff(file.path, fault)] }
        }
        settings = value.settings(source: file.path)
    }
}

extension RunLog.Notice {
    static func unreadSetting(_ path: String, line: Int, _ what: String) -> RunLog.Notice {
        RunLog.Notice(
            code: "setting-not-read", message: "\(path):\(line): \(what) is not read; the rest of the file is",
            hint: "write the value out where it is needed, or say it by --set")
    }

    /// A document whose end, or something in it, cannot be read.
    static func brokenOff(_ path: String, _ fault: TableError) -> RunLog.Notice {
        guard case .json(let kind, let place) = fault else { return .unreadable(path, fault) }
        if kind == .unfinishedDocument {
            return RunLog.Notice(
                code: "log-truncated",
                message: "\(path):\(place.line): the file ends inside of its JSON; what was whole is read",
                hint: "read it again once it is written")
        }
        return RunLog.Notice(
            code: "log-damaged", message: "\(place): this is no JSON; what stands before it is read",
            hint: "look at that place of the file")
    }
}
