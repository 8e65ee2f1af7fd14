// The series of one run while its event files are read.

/// Series that grow by a scalar at a time.
struct EventSeries {
    private var decoder = EventDecoder()
    private var points: [Points] = []
    private(set) var notices: [RunLog.Notice] = []
    private var settings: [RunLog.Setting] = []

    private struct Points {
        var steps: [Int] = []
        var values: [Double] = []
        var times: [Double] = []
    }

    /// Adds all scalars of a file.
    mutating func read(file: String) throws(TableError) {
        var records = try EventRecords(path: file, name: file)
        var malformed = EventRecords.Damage()
        let known = decoder.settings.count
        while let event = try records.next() {
            let isEvent = decoder.decode(event) { tag, step, value, time in
                while points.count <= tag { points.append(Points()) }
                points[tag].steps.append(step)
                points[tag].values.append(value)
                points[tag].times.append(time)
            }
            if !isEvent { malformed.add(at: records.place) }
        }
        for (key, value) in decoder.settings.dropFirst(known) {
            settings.append(.init(key: key, value: value, source: file))
        }
        notices += EventNotices.notices(of: records, malformed: malformed, file: file)
    }

    /// Notes that a file could not be read, or not to its end.
    mutating func note(_ error: TableError, file: String) { notices.append(EventNotices.unreadable(error, file)) }

    /// The run, with series in order of first appearance. Nothing is left here.
    mutating func finished(name: String, source: String) -> RunLog {
        var series: [RunLog.Series] = []
        for tag in points.indices where !points[tag].steps.isEmpty {
            // Room that arrays have for growing is given back, one series at a time.
            var taken = Points()
            swap(&taken, &points[tag])
            series.append(
                RunLog.Series(
                    name: decoder.tags.name(of: tag), steps: Self.trimmed(taken.steps),
                    values: Self.trimmed(taken.values), times: Self.trimmed(taken.times)))
        }
        return RunLog(name: name, source: source, settings: settings, series: series, notices: notices)
    }

    private static func trimmed<Element>(_ array: [Element]) -> [Element] {
        // The pages of a large array that were never written cost nothing.
        guard array.capacity > array.count + array.count / 8, array.count < 1 << 16 else { return array }
        return [Element](unsafeUninitializedCapacity: array.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: array)
        }
    }
}
