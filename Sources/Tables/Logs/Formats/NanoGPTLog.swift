// Text logs of nanoGPT: iter 100: loss 3.1, and step 250: train loss 3.0, val loss 3.1.

extension RunLogFormat {
    /// What nanoGPT's `train.py` prints.
    ///
    /// `iter N: loss …` gives `loss`; `step N: train loss …, val loss …` gives `train/loss` and `val/loss`. Settings are what
    /// it says of itself: `tokens per iteration`, the number of parameters (without learned positions), and the
    /// assignments of the configuration file that it prints.
    public static let nanoGPT = RunLogFormat(
        name: "nanoGPT", summary: "text logs of nanoGPT's train.py",
        confidence: { file in
            let isOurs = file.contains("tokens per iteration will be:") || file.contains(": train loss ")
            return isOurs || (file.contains("iter ") && file.contains(": loss ") && file.contains(", mfu ")) ? 2 : 0
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            [
                TextLog.read(file) { log, fields in
                    let line = fields.line
                    if line.hasPrefix("iter "), let step = log.step(fields.number(after: "iter ")) {
                        if let loss = fields.number(after: "loss ") {
                            log.builder.append("loss", step: step, value: loss)
                        }
                    } else if line.hasPrefix("step "),
                        let step = log.step(fields.number(after: "step "))
                    {
                        for kind in ["train", "val"] {
                            guard let loss = fields.number(after: "\(kind) loss ") else { continue }
                            log.builder.append("\(kind)/loss", step: step, value: loss)
                        }
                    } else if let tokens = fields.number(after: "tokens per iteration will be:") {
                        log.set("tokens_per_iteration", .number(tokens))
                    } else if line.hasPrefix("number of parameters:") {
                        // 123.59M: two decimals of a million, which say nothing of a model far below one.
                        if let count = fields.number(after: "number of parameters:"), count >= 0.5 {
                            let unit = line.hasSuffix("B") ? 1e9 : line.hasSuffix("K") ? 1e3 : 1e6
                            log.set("number of parameters", .number(count * unit))
                        }
                    } else if let size = fields.number(after: "found vocab_size =") {
                        log.set("vocab_size", .number(size))
                    } else {
                        assignment(&log, line)
                    }
                }
            ]
        })

    // n_layer = 6 # baby GPT, as the configuration file is printed; and Overriding: n_layer = 6.
    private static func assignment(_ log: inout TextLog, _ line: String) {
        var text = line[...]
        if text.hasPrefix("Overriding: ") { text = text.dropFirst("Overriding: ".count) }
        guard let sign = text.firstRange(of: " = "), text.first?.isLetter == true else { return }
        let name = text[..<sign.lowerBound]
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return }
        var value = trimmed(text[sign.upperBound...].prefix { $0 != "#" })
        if value.count > 1, value.first == value.last, value.first == "'" || value.first == "\"" {
            value = String(value.dropFirst().dropLast())
        } else if value.contains("(") || value.contains("[") {
            return
        }
        if !value.isEmpty { log.set(String(name), SettingText.value(product(value))) }
    }

    // gradient_accumulation_steps = 5 * 8, as nanoGPT's own configurations write it.
    private static func product(_ text: String) -> String {
        let factors = text.split(separator: "*").map { Cell.loggedNumber(trimmed($0)) }
        guard factors.count > 1, !factors.contains(nil) else { return text }
        let value = factors.compactMap(\.self).reduce(1, *)
        return value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
    }
}
