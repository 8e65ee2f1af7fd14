// The scalars of one event file one by one, for whoever does not want them all in memory or wants those that are new.

extension TensorBoard {
    /// One value of one series.
    public struct Scalar: Hashable, Sendable {
        public var tag: String
        public var step: Int
        public var value: Double
        /// Seconds since the beginning of 1970.
        public var time: Double
    }

    /// How far a file was read, and what was wrong with it.
    public struct Progress: Hashable, Sendable {
        /// The byte after the last whole record: where to go on once the file has grown.
        public var end: Int
        public var notices: [RunLog.Notice]
    }

    /// Gives every scalar of an event file to `body`, in the order in which they were written.
    ///
    /// Memory does not depend on the length of the file.
    ///
    /// - Parameters:
    ///   - file: an event file.
    ///   - offset: the byte to begin at: 0, or ``Progress/end`` of an earlier reading.
    ///   - body: is given each scalar.
    /// - Returns: how far the file was read; damage is among its notices as in ``runs(in:threads:)``. A last record
    ///   that is cut off is no notice here where the file was read from the end of another reading.
    /// - Throws: ``TableError`` where the file cannot be read.
    public static func forEachScalar(
        in file: String, from offset: Int = 0, _ body: (Scalar) -> Void
    ) throws(TableError) -> Progress {
        var records = try EventRecords(path: file, name: file, from: offset)
        var decoder = EventDecoder()
        var names: [String] = []
        var malformed = EventRecords.Damage()
        var event = try records.next()
        while let bytes = event {
            // The decoder is busy while it gives scalars; names of new tags are looked up behind it.
            var scalars: [(tag: Int, step: Int, value: Double, time: Double)] = []
            if !decoder.decode(bytes, scalar: { scalars.append(($0, $1, $2, $3)) }) {
                malformed.add(at: records.place)
            }
            while names.count < decoder.tags.count { names.append(decoder.tags.name(of: names.count)) }
            for scalar in scalars {
                body(Scalar(tag: names[scalar.tag], step: scalar.step, value: scalar.value, time: scalar.time))
            }
            event = try records.next()
        }
        var notices = EventNotices.notices(of: records, malformed: malformed, file: file)
        if offset > 0 { notices.removeAll { $0.code == "log-truncated" } }
        return Progress(end: records.end, notices: notices)
    }
}
