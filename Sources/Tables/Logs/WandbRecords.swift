// The file run-<id>.wandb: the records of a run as protocol buffers, in the log format of LevelDB.
//
// A file begins with ":W&B", a magic number and a version. Blocks are 32 KiB; a record is in one piece or in several, each
// with a checksum (CRC-32 of its kind and its bytes), a length and a kind. Nothing that the file says of lengths is
// believed beyond the end of its block. Numbers of fields are those of wandb_internal.proto.

enum WandbRecords {
    private static let block = 32 * 1024
    private static let header = 7

    /// The run in a file, with a notice where records are damaged or the last one is cut off.
    static func log(_ file: LogFile, name: String) -> RunLog {
        var log = RunLog(name: name, source: file.path)
        guard file.bytes.starts(with: ":W&B".utf8), file.bytes.count >= header else {
            log.notices.append(damage(file, 0, "it does not begin as a file of Weights & Biases does"))
            return log
        }
        var builder = SeriesBuilder()
        var settings = SettingsOfRecords(source: file.path)
        var record: [UInt8] = []
        var isWhole = false
        // The 7 bytes at the start belong to the first block.
        var position = header
        let bytes = file.bytes
        while position < bytes.count {
            let left = block - position % block
            if left < header {
                position += left
                continue
            }
            guard position + header <= bytes.count else {
                log.notices.append(cutOff(file, position))
                break
            }
            let length = Int(bytes[position + 4]) | Int(bytes[position + 5]) << 8
            let kind = bytes[position + 6]
            // Zeros to the end of a block that was made in advance.
            if kind == 0, length == 0 {
                position += left
                continue
            }
            let start = position + header
            guard header + length <= left else {
                log.notices.append(damage(file, position, "the length of a record passes its block"))
                position += left
                record = []
                continue
            }
            guard start + length <= bytes.count else {
                log.notices.append(cutOff(file, position))
                break
            }
            let stored =
                UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2]) << 16
                | UInt32(bytes[position + 3]) << 24
            guard CRC32.checksum(bytes[(position + 6)..<(start + length)]) == stored else {
                log.notices.append(damage(file, position, "a record does not have its checksum"))
                position = start + length
                record = []
                isWhole = false
                continue
            }
            position = start + length
            // 1 is a whole record; 2, 3, 4 are the first, the middle and the last of several pieces.
            switch kind {
            case 1:
                read(bytes[start..<position], &builder, &settings)
            case 2:
                record = Array(bytes[start..<position])
                isWhole = true
            case 3 where isWhole: record += bytes[start..<position]
            case 4 where isWhole:
                record += bytes[start..<position]
                read(record[...], &builder, &settings)
                record = []
                isWhole = false
            default: break
            }
            if log.notices.count > 20 {
                log.notices.append(
                    RunLog.Notice(
                        code: "log-given-up",
                        message:
                            "\(log.source), byte \(position): more than 20 damaged records; the rest is not read",
                        hint: "copy the file again from the machine that trained"))
                break
            }
        }
        if let name = settings.name { log.name = name }
        log.series = builder.finished()
        log.notices += builder.notices
        log.settings = settings.finished(without: log.series)
        return log
    }

    // A Record: history = 2, summary = 3, config = 5, run = 17, exit = 18.
    private static func read(
        _ bytes: ArraySlice<UInt8>, _ builder: inout SeriesBuilder, _ settings: inout SettingsOfRecords
    ) {
        for field in WireFields(bytes) {
            guard let content = field.bytes else { continue }
            switch field.number {
            case 2: history(content, &builder, settings.source)
            case 3: for item in items(content, 1) { settings.add(item) }
            case 5: for item in items(content, 1) { settings.add(item) }
            case 17: settings.addRun(content)
            case 18:
                // exit_code = 1; absent where it is 0.
                let code = WireFields(content).first { $0.number == 1 }?.integer ?? 0
                settings.state = code == 0 ? "finished" : "failed"
            default: break
            }
        }
    }

    // A HistoryRecord: item = 1, step = 2 {num = 1}.
    private static func history(_ bytes: ArraySlice<UInt8>, _ builder: inout SeriesBuilder, _ source: String) {
        var number: Double?
        var time: Double?
        let values = items(bytes, 1).compactMap { item in item.value.number.map { (item.key, $0) } }
        for field in WireFields(bytes) where field.number == 2 {
            guard let content = field.bytes else { continue }
            number = WireFields(content).first { $0.number == 1 }.flatMap(\.integer).map { Double($0) } ?? 0
        }
        for (key, value) in values {
            if key == "_step" { number = number ?? value }
            if key == "_timestamp" { time = value }
        }
        guard let number, let step = builder.step(number, at: source) else { return }
        for (key, value) in values where !key.hasPrefix("_") {
            builder.append(key, step: step, value: value, time: time)
        }
    }

    /// Items with key = 1, nested_key = 2, value_json = 16, in a field of a message.
    static func items(_ bytes: ArraySlice<UInt8>, _ number: Int) -> [(key: String, value: ConfigValue)] {
        WireFields(bytes).compactMap { field in
            guard field.number == number, let content = field.bytes else { return nil }
            var key: [String] = []
            var json: ArraySlice<UInt8>?
            for part in WireFields(content) {
                guard let bytes = part.bytes else { continue }
                if part.number == 1 || part.number == 2 { key.append(String(decoding: bytes, as: UTF8.self)) }
                if part.number == 16 { json = bytes }
            }
            guard let json, !key.isEmpty else { return nil }
            let document = JSONDocument(Array(json), file: "")
            // NaN is written as a text, or as the word that Python writes.
            return document.fault == nil ? (key.filter { !$0.isEmpty }.joined(separator: "."), document.value) : nil
        }
    }

    private static func damage(_ file: LogFile, _ position: Int, _ what: String) -> RunLog.Notice {
        RunLog.Notice(
            code: "log-damaged", message: "\(file.path), byte \(position): \(what); it is left out",
            hint: "copy the file again from where it was written")
    }

    private static func cutOff(_ file: LogFile, _ position: Int) -> RunLog.Notice {
        RunLog.Notice(
            code: "log-truncated",
            message: "\(file.path), byte \(position): the last record is cut off; those before it are read",
            hint: "read it again once the run has ended")
    }
}

/// The settings that records tell one after another; the last word counts.
struct SettingsOfRecords {
    let source: String
    var name: String?
    var state: String?
    private var order: [String] = []
    private var values: [String: ConfigValue] = [:]

    init(source: String) { self.source = source }

    mutating func add(_ item: (key: String, value: ConfigValue)) {
        if item.key.hasPrefix("_") { return }
        if values.updateValue(item.value, forKey: item.key) == nil { order.append(item.key) }
    }

    // A RunRecord: run_id = 1, project = 3, config = 4 {update = 1}, display_name = 8.
    mutating func addRun(_ bytes: ArraySlice<UInt8>) {
        for field in WireFields(bytes) {
            guard let content = field.bytes else { continue }
            switch field.number {
            case 1: add(("run_id", .text(String(decoding: content, as: UTF8.self))))
            case 3: add(("project", .text(String(decoding: content, as: UTF8.self))))
            case 4: for item in WandbRecords.items(content, 1) { add(item) }
            case 8: if !content.isEmpty { name = String(decoding: content, as: UTF8.self) }
            default: break
            }
        }
    }

    /// The settings. The summary of a series is its last value, and none.
    func finished(without series: [RunLog.Series]) -> [RunLog.Setting] {
        let measured = Set(series.map(\.name))
        var settings = order.filter { !measured.contains($0) }.flatMap {
            values[$0]?.settings(under: $0, source: source) ?? []
        }
        settings.append(.init(key: "state", value: .text(state ?? "running"), source: source))
        return settings
    }
}
