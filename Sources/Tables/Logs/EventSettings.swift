// What the hparams plugin of TensorBoard says of a run: its hyperparameters, by name.
//
// Source: tensorboard/plugins/hparams/plugin_data.proto and google/protobuf/struct.proto.

enum EventSettings {
    /// Adds the hyperparameters in the content of the plugin, if that is the start of a session.
    ///
    /// - Returns: false where the bytes are no such content.
    static func read(_ content: Wire, into settings: inout [(key: String, value: RunLog.Value)]) -> Bool {
        var wire = content
        while let key = wire.key() {
            guard key == 0x1A else {  // session_start_info
                wire.skip(key)
                continue
            }
            var session = wire.message()
            while let key = session.key() {
                guard key == 0x0A else {  // hparams, a map
                    session.skip(key)
                    continue
                }
                guard entry(session.message(), into: &settings) else { return false }
            }
            if session.failed { return false }
        }
        return !wire.failed
    }

    private static func entry(_ entry: Wire, into settings: inout [(key: String, value: RunLog.Value)]) -> Bool {
        var wire = entry
        var name = ""
        var value: RunLog.Value?
        while let key = wire.key() {
            switch key {
            case 0x0A:
                guard let text = wire.text() else { return false }
                name = text
            case 0x12:
                var union = wire.message()
                while let key = union.key() {
                    switch key {
                    case 0x11: value = .number(union.double())
                    case 0x1A:
                        guard let text = union.text() else { return false }
                        value = .text(text)
                    case 0x20: value = .truth(union.varint() != 0)
                    default: union.skip(key)
                    }
                }
                if union.failed { return false }
            default: wire.skip(key)
            }
        }
        if wire.failed { return false }
        // A list, an object or nothing at all is no setting.
        if let value { settings.append((name, value)) }
        return true
    }
}
