// From files to tables and logs: seconds of one thread, all bytes read from the system's cache.

import Tables

enum ReadingTimes {
    /// A table in any format.
    static func table(path: String) throws {
        var rows = 0
        let seconds = try Clock.median(batches: 5) { rows = try Table.read(path: path).rowCount }
        AllometryBenchmarks.report("seconds", seconds)
        AllometryBenchmarks.report("rows", Double(rows))
    }

    /// A folder of runs of TensorBoard.
    static func events(folder: String) throws {
        var scalars = 0
        var sum = 0.0
        let seconds = try Clock.median(batches: 3) {
            let series = try TensorBoard.runs(in: folder, threads: 1).flatMap(\.series)
            scalars = series.reduce(0) { $0 + $1.values.count }
            sum = series.reduce(0) { $0 + $1.values.reduce(0, +) }
        }
        AllometryBenchmarks.report("seconds", seconds)
        AllometryBenchmarks.report("scalars", Double(scalars))
        AllometryBenchmarks.report("sum", sum)
    }
}
