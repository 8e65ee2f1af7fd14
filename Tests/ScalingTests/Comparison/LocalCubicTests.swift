// A curve between the points of a grid.

import Formulas
import Testing

@testable import Scaling

@Suite struct LocalCubicTests {
    private func curve(_ f: (Double) -> Double, from start: Double = 0, step: Double = 0.05, count: Int = 200)
        -> LocalCubic
    {
        LocalCubic(start: start, step: step, values: (0..<count).map { f(start + step * Double($0)) })
    }

    @Test func `cubics are exact`() {
        let cubic = curve { 1 - 2 * $0 + 3 * $0 * $0 - 0.5 * $0 * $0 * $0 }
        for x in [0.0, 0.01, 0.333, 5, 9.949] {
            let expected = 1 - 2 * x + 3 * x * x - 0.5 * x * x * x
            #expect((cubic.value(at: x) - expected).magnitude < 1e-11)
        }
        #expect(cubic.value(at: -0.1).isNaN && cubic.value(at: 10).isNaN)
    }

    @Test func `a scaling law by the logarithm of compute is good to seven digits`() {
        let law = curve { 1.7 + 3 * Elementary.exp(-0.15 * $0) }
        let level = 1.7 + 3 * Elementary.exp(-0.15 * 4.321)
        #expect(((law.place(of: level, near: 0) ?? .nan) - 4.321).magnitude < 1e-7)
        #expect(law.place(of: 1.6, near: 0) == nil)
    }

    @Test func `of several places the nearest is taken`() {
        let wave = curve { ($0 - 2) * ($0 - 5) * ($0 - 8) }
        #expect(((wave.place(of: 0, near: 4.6) ?? 0) - 5).magnitude < 1e-9)
        #expect(wave.signChanges(in: 1...6).count == 2)
        #expect(wave.signChanges(in: 5.5...7).isEmpty)
    }
}
