/// Aligned single-precision numbers that never move, for the kernels.
public final class Buffer {
    public let count: Int
    public let start: UnsafeMutablePointer<Float>

    /// All zeros.
    public init(_ count: Int) {
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(64, count * 4), alignment: 64)
        start = raw.bindMemory(to: Float.self, capacity: max(16, count))
        start.initialize(repeating: 0, count: count)
    }

    deinit { UnsafeMutableRawPointer(start).deallocate() }

    public func clear() { start.update(repeating: 0, count: count) }

    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count * 4) }
    public var values: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }
}
