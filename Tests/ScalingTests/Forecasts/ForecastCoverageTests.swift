// Forecasts of the released curves of Luo et al. 2025 from half, 70 and 85 % of each: how often the end lies within.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite(.enabled(if: PublicTables.isAtHand, "the public tables are not at hand"))
struct ForecastCoverageTests {
    /// Coefficients come from the other size, as they would for a run of a size that is new. docs/schedules.md has the
    /// figures, also for luo-2025, which takes minutes.
    @Test(arguments: ["tissue-2024"])
    func intervalsHoldTheEndAsOftenAsTheySay(id: String) throws {
        let table = try PublicTables.table("lr_schedule_curves")
        let law = try Law.load(id)
        var specification = try law.specification()
        for (name, text) in releasedSchedules { specification.schedules[name] = try Schedule(text).rates }
        let (sizes, names) = (try table.numbers("model_size"), try table.column("schedule").labels())
        var counts: [Double: (inside80: Int, inside95: Int, all: Int, left: Int)] = [:]
        for part in [0.5, 0.7, 0.85] {
            for (size, other) in [("25M", "100M"), ("100M", "25M")] {
                for name in releasedSchedules.keys.sorted() {
                    let rows = (0..<table.rowCount).filter { sizes[$0] == Quantity.parse(size) && names[$0] == name }
                    var options = ForecastOptions()
                    options.set = other
                    options.until = part * Double(specification.schedules[name]?.count ?? 0)
                    options.points = 1
                    var count = counts[part] ?? (0, 0, 0, 0)
                    for level in [0.8, 0.95] {
                        options.level = level
                        let made = try Forecast(law, specification, table: table.rows(at: rows), options: options)
                        let outcome = try #require(made.outcome)
                        let lower = try #require(outcome.forecast.lower)
                        let upper = try #require(outcome.forecast.upper)
                        let isInside = lower <= outcome.loss && outcome.loss <= upper
                        if level == 0.8 {
                            count.all += 1
                            count.inside80 += isInside ? 1 : 0
                            count.left += made.departure == nil ? 0 : 1
                        } else {
                            count.inside95 += isInside ? 1 : 0
                        }
                    }
                    counts[part] = count
                }
            }
        }
        for (part, count) in counts.sorted(by: { $0.key < $1.key }) {
            print(
                "\(id) from \(Int(part * 100)) %: 80 % intervals held \(count.inside80) of \(count.all), 95 % "
                    + "\(count.inside95); \(count.left) left their band")
        }
        let all = counts.values.reduce(0) { $0 + $1.all }
        #expect(all == 54)
        #expect(Double(counts.values.reduce(0) { $0 + $1.inside80 }) >= 0.75 * Double(all))
        #expect(Double(counts.values.reduce(0) { $0 + $1.inside95 }) >= 0.9 * Double(all))
        // None of these runs went astray.
        #expect(counts.values.reduce(0) { $0 + $1.left } <= all / 10)
    }
}
