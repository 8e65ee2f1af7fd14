// Forecasts of the runs of our own ladder, whose curves are short and noisy, by a law fitted to two of them.

import Fitting
import Formulas
import Foundation
import Scaling
import Tables
import Testing

@Suite struct ByteLadderForecastTests {
    private static let fitted = ["gated-48x2-2M-cosine-s2", "gated-48x2-2M-constant-s2"]
    private static let runs = [
        "gated-48x2-2M-wsd-s2", "gated-48x2-2M-linear-s2", "gated-48x2-2M", "gated-48x2-1M", "gated-64x3-2.5M",
        "gated-32x2-4M", "gated-48x2-8M", "gated-80x4-5M", "gated-112x4-8M", "plain-48x2-4M", "plain-64x3-2.5M",
        "gated-96x4-3.6M",
    ]

    private func table() throws -> Table {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try Table.read(path: repository.appending(path: "Examples/byte-ladder/curves.jsonl").path)
    }

    @Test func endsOfOtherRunsLieWithinTheirIntervals() throws {
        let table = try table()
        let runs = try table.column("run").labels()
        func rows(_ names: [String]) -> Table {
            table.rows(at: (0..<table.rowCount).filter { row in runs[row].map { names.contains($0) } ?? false })
        }
        guard case .column(let column) = try ScheduleSource("column rate=lr fill=linear warmup=20") else { return }
        var specification = try Law.load("tissue-2024").specification(columns: ["schedule": try Formula("run")])
        for name in Self.fitted + Self.runs { specification.schedules[name] = try column.rates(rows([name])) }
        let fit = try Fit(try Problem(specification, table: rows(Self.fitted)))
        let law = Law(
            fit, specification: specification, of: try Law.load("tissue-2024"), id: "ladder", title: "", version: "")
        var counts: [Double: Int] = [:]
        for part in [0.5, 0.7, 0.85] {
            for run in Self.runs {
                var options = ForecastOptions()
                options.level = 0.8
                options.until = part * Double(specification.schedules[run]?.count ?? 0)
                let forecast = try Forecast(law, specification, table: rows([run]), options: options)
                let outcome = try #require(forecast.outcome)
                let lower = try #require(outcome.forecast.lower)
                let upper = try #require(outcome.forecast.upper)
                if lower <= outcome.loss, outcome.loss <= upper { counts[part, default: 0] += 1 }
                #expect(forecast.departure == nil, "\(run)")
            }
        }
        for (part, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("byte ladder from \(Int(part * 100)) %: 80 % intervals held \(count) of \(Self.runs.count)")
        }
        #expect(counts.values.reduce(0, +) >= 27)
    }
}
