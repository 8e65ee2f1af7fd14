// From the bytes of one event to its scalars: Event, Summary and Value of TensorFlow, by the numbers of their fields.
//
// Source: tensorboard/compat/proto/event.proto, summary.proto and plugins/hparams/plugin_data.proto (TensorBoard 2.21).

/// Decodes the events of one run, and knows the tags met so far.
struct EventDecoder {
    private(set) var tags = EventTags()
    /// What the hparams plugin wrote at the start of the session.
    private(set) var settings: [(key: String, value: RunLog.Value)] = []

    /// Gives each scalar of an event to `scalar`, with the number of its tag.
    ///
    /// - Returns: false where the bytes are no event. What came before the damage has been given then.
    mutating func decode(
        _ event: UnsafeRawBufferPointer, scalar: (_ tag: Int, _ step: Int, _ value: Double, _ time: Double) -> Void
    ) -> Bool {
        var wire = Wire(event)
        var time = 0.0
        var step = 0
        var summary: Wire?
        var summaries = 0
        while let key = wire.key() {
            switch key {
            case 0x09: time = wire.double()
            case 0x10:
                // No run makes so many steps: the bytes are damaged, or made to hurt.
                guard let read = Int(step: Double(Int64(bitPattern: wire.varint()))) else { return false }
                step = read
            case 0x2A:
                summary = wire.message()
                summaries += 1
            default: wire.skip(key)
            }
        }
        if wire.failed { return false }
        guard var summary else { return true }
        if summaries == 1 { return decode(&summary) { tag, value in scalar(tag, step, value, time) } }
        // Parts of one message, which come together.
        wire = Wire(event)
        while let key = wire.key() {
            guard key == 0x2A else {
                wire.skip(key)
                continue
            }
            var part = wire.message()
            guard decode(&part, scalar: { tag, value in scalar(tag, step, value, time) }) else { return false }
        }
        return true
    }

    private mutating func decode(_ summary: inout Wire, scalar: (_ tag: Int, _ value: Double) -> Void) -> Bool {
        while let key = summary.key() {
            guard key == 0x0A else {
                summary.skip(key)
                continue
            }
            var value = summary.message()
            if !summary.failed, !decode(value: &value, scalar: scalar) { return false }
        }
        return !summary.failed
    }

    private enum Payload { case none, simple(Double), tensor(Wire) }

    private mutating func decode(value wire: inout Wire, scalar: (_ tag: Int, _ value: Double) -> Void) -> Bool {
        var tag: Wire?
        var node: Wire?
        var metadata: Wire?
        var payload = Payload.none
        while let key = wire.key() {
            switch key {
            case 0x0A: tag = wire.message()
            case 0x3A: node = wire.message()
            case 0x15: payload = .simple(Double(Float(bitPattern: wire.fixed32())))
            case 0x42: payload = .tensor(wire.message())
            case 0x4A: metadata = wire.message()
            // Images, sounds and histograms: what is written last counts.
            case 0x1A, 0x22, 0x2A, 0x32:
                payload = .none
                wire.skip(key)
            default: wire.skip(key)
            }
        }
        if wire.failed { return false }
        if case .none = payload, metadata == nil { return true }
        var name = tag?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
        if name.isEmpty, case .tensor = payload, let node { name = node.bytes }
        guard let number = tags.number(of: name) else { return false }
        if let metadata, tags.kind(of: number) == .unknown, !read(metadata: metadata, of: number) { return false }
        switch payload {
        case .none: return true
        case .simple(let value): scalar(number, value)
        case .tensor(let tensor):
            if tags.kind(of: number) == .other { return true }
            switch EventTensor.scalar(tensor) {
            case .value(let value): scalar(number, value)
            case .notAScalar: return true
            case .malformed: return false
            }
        }
        return true
    }

    private mutating func read(metadata: Wire, of tag: Int) -> Bool {
        var wire = metadata
        var plugin = ""
        var content: Wire?
        var dataClass: UInt64 = 0
        while let key = wire.key() {
            switch key {
            case 0x0A:
                var data = wire.message()
                while let key = data.key() {
                    switch key {
                    case 0x0A:
                        guard let name = data.text() else { return false }
                        plugin = name
                    case 0x12: content = data.message()
                    default: data.skip(key)
                    }
                }
                if data.failed { return false }
            case 0x20: dataClass = wire.varint()
            default: wire.skip(key)
            }
        }
        if wire.failed { return false }
        // The data class 1 is that of scalars, whatever the plugin.
        tags.set(kind: plugin == "scalars" || dataClass == 1 || plugin.isEmpty ? .scalars : .other, of: tag)
        if plugin == "hparams", let content { return EventSettings.read(content, into: &settings) }
        return true
    }
}
