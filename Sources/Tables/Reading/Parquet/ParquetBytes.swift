// The encodings of values that are bytes, of any length or of a fixed one.

extension ParquetEncoding {
    /// Gives each of `count` values to `body`; its bytes are there until the call returns.
    ///
    /// - Parameter budget: the bytes that values may have in all which share bytes with those before them.
    func bytes(
        _ bytes: UnsafeRawBufferPointer, of leaf: ParquetLeaf, count: Int, budget: inout Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(Fault) {
        let fixed = leaf.type == .byteArray ? nil : leaf.length
        let texts = bytes.bindMemory(to: UInt8.self)
        switch self {
        case .plain: try plain(texts, fixed, count, body)
        case .deltaLengths where fixed == nil:
            let lengths = try lengths(bytes, count)
            var position = lengths.end
            for length in lengths.values {
                guard length <= UInt64(bytes.count - position) else { throw .damaged }
                let end = position + Int(length)
                guard body(UnsafeBufferPointer(rebasing: texts[position..<end])) else { return }
                position = end
            }
        case .deltaBytes: try deltaBytes(bytes, fixed, count, &budget, body)
        case .streamSplit:
            guard let fixed, bytes.count / fixed == count else { throw fixed == nil ? .unknown : .damaged }
            var value = [UInt8](repeating: 0, count: fixed)
            for index in 0..<count {
                for byte in 0..<fixed { value[byte] = texts[byte * count + index] }
                guard value.withUnsafeBufferPointer(body) else { return }
            }
        default: throw .unknown
        }
    }

    private func plain(
        _ texts: UnsafeBufferPointer<UInt8>, _ fixed: Int?, _ count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(Fault) {
        var position = 0
        for _ in 0..<count {
            var length = fixed ?? 0
            if fixed == nil {
                guard texts.count - position >= 4 else { throw .damaged }
                let word = UnsafeRawBufferPointer(texts).loadUnaligned(fromByteOffset: position, as: UInt32.self)
                length = Int(UInt32(littleEndian: word))
                position += 4
            }
            guard length <= texts.count - position else { throw .damaged }
            guard body(UnsafeBufferPointer(rebasing: texts[position..<(position + length)])) else { return }
            position += length
        }
    }

    // How long the beginning is that each value has from the one before, then the rest of each.
    private func deltaBytes(
        _ bytes: UnsafeRawBufferPointer, _ fixed: Int?, _ count: Int, _ budget: inout Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(Fault) {
        let shared = try lengths(bytes, count)
        let rests = UnsafeRawBufferPointer(rebasing: bytes[shared.end...])
        let own = try lengths(rests, count)
        var position = own.end
        var value: [UInt8] = []
        for index in 0..<count {
            let (kept, length) = (shared.values[index], own.values[index])
            guard kept <= UInt64(value.count), length <= UInt64(rests.count - position) else { throw .damaged }
            value.removeLast(value.count - Int(kept))
            value.append(contentsOf: rests[position..<(position + Int(length))])
            position += Int(length)
            if let fixed, value.count != fixed { throw .damaged }
            // A few bytes may stand for a text of any length, once for each row.
            budget -= value.count
            if budget < 0 { throw .inflated }
            guard value.withUnsafeBufferPointer(body) else { return }
        }
    }

    private func lengths(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(Fault) -> (values: [UInt64], end: Int)
    {
        var end: Int?
        let values = [UInt64](unsafeUninitializedCapacity: max(1, count)) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            end = DeltaNumbers.decode(bytes, count: count, into: base)
            initialized = end == nil ? 0 : count
        }
        guard let end else { throw .damaged }
        return (values, end)
    }
}
