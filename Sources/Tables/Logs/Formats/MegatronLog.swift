// Text logs of Megatron-LM and what descends from it: key: value pairs between bars, and the arguments at the start.

extension RunLogFormat {
    /// A text log of Megatron-LM, Megatron-DeepSpeed and GPT-NeoX-style trainers.
    ///
    /// A line ` iteration 100/ 5000 | consumed samples: 12800 | learning rate: 1.5E-04 | lm loss: 3.1E+00 |` gives a value a
    /// pair. `validation loss at iteration 1000 | lm loss value: 2.9E+00` gives `validation/lm loss`. The dump of the
    /// arguments (`hidden_size ....... 2048`) gives the settings.
    public static let megatron = RunLogFormat(
        name: "Megatron", summary: "text logs of Megatron-LM, with the arguments at their start",
        confidence: { file in
            file.contains("consumed samples:") || file.contains("elapsed time per iteration") ? 2 : 0
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            var isAfterArguments = false
            return [
                TextLog.read(file) { log, fields in
                    let line = fields.line
                    if fields.contains("iteration") {
                        if fields.contains("validation loss") || fields.contains("test loss") {
                            return evaluation(&log, fields)
                        }
                        if let (step, planned) = fields.fraction(after: "iteration") {
                            guard let step = log.step(step) else { return }
                            log.set("train_iters", .number(planned))
                            return pairs(&log, fields, step: step)
                        }
                    }
                    if fields.contains("end of arguments") { isAfterArguments = true }
                    if !isAfterArguments { argument(&log, line) }
                }
            ]
        })

    private static func pairs(_ log: inout TextLog, _ fields: LineFields, step: Int) {
        for part in fields.parts.dropFirst() {
            guard let colon = part.utf8.lastIndex(of: UInt8(ascii: ":")) else { continue }
            let name = trimmed(part[..<colon])
            guard let value = Cell.loggedNumber(trimmed(part[part.utf8.index(after: colon)...])) else { continue }
            // The clock, the memory and the counters of faults are no measurements of the model; the rest is kept.
            if name == "loss scale" || name.isEmpty { continue }
            log.builder.append(name, step: step, value: value)
        }
    }

    // validation loss at iteration 1000 | lm loss value: 2.9E+00 | lm loss PPL: 1.8E+01 |
    private static func evaluation(_ log: inout TextLog, _ fields: LineFields) {
        guard let step = log.step(fields.number(after: "at iteration")) else { return }
        let kind = fields.contains("validation loss") ? "validation" : "test"
        for part in fields.parts {
            guard let end = part.firstRange(of: " value:") else { continue }
            guard let value = Cell.loggedNumber(trimmed(part[end.upperBound...])) else { continue }
            log.builder.append("\(kind)/\(trimmed(part[..<end.lowerBound]))", step: step, value: value)
        }
    }

    //   hidden_size ..................................... 2048
    private static func argument(_ log: inout TextLog, _ line: String) {
        guard let dots = line.firstRange(of: " ...") else { return }
        // Ranks may stand before: "[rank0]:   hidden_size ...".
        let name = trimmed(line[..<dots.lowerBound]).split(separator: " ").last.map(String.init) ?? ""
        let value = trimmed(line[dots.upperBound...].drop { $0 == "." })
        if name.isEmpty || value.isEmpty || value == "None" { return }
        log.set(name, SettingText.value(value))
    }

    static func trimmed(_ text: Substring) -> String {
        func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var bytes = text.utf8
        while isBlank(bytes.first) { bytes = bytes.dropFirst() }
        while isBlank(bytes.last) { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}
