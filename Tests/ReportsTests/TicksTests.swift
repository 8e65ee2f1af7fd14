// Ticks over thirty powers of ten.

import Testing

@testable import Reports

@Suite struct TicksTests {
    @Test func `ticks are two or more, no more than wanted, in order and told apart from 1 to 1e30`() {
        for scale in [Axis.Scale.linear, .logarithmic] {
            for exponent in 0...30 {
                let low = (0..<exponent).reduce(1.0) { value, _ in value * 10 } * 1.07
                for factor in [1.02, 1.3, 2, 3.7, 8, 12, 40, 300, 1e4, 1e9, 1e20] {
                    for most in 2...8 {
                        for notation in [Axis.Notation.plain, .size, .power] {
                            let axis = Axis("x", scale: scale, notation: notation)
                            let ticks = Ticks(low...(low * factor), axis, most: most)
                            let about = "\(scale) \(low) times \(factor), \(most): \(ticks.labels)"
                            #expect((2...most).contains(ticks.values.count), "\(about)")
                            // A round number may be a rounding before an end that is as round.
                            let (least, most) = (low * (1 - 1e-12), low * factor * (1 + 1e-12))
                            #expect(ticks.values.allSatisfy { $0 >= least && $0 <= most }, "\(about)")
                            #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy(<), "\(about)")
                            #expect(Set(ticks.labels).count == ticks.labels.count, "\(about)")
                        }
                    }
                }
            }
        }
    }

    @Test func `over decades the ticks are powers of ten, or ones and threes`() {
        let axis = Axis("N", scale: .logarithmic, notation: .size)
        #expect(
            Ticks(2e5...1.1e7, axis, most: 3).labels == ["300k", "1M", "3M"]
                || Ticks(2e5...1.1e7, axis, most: 3).values.count == 2)
        #expect(Ticks(1.05...110, axis, most: 4).values == [3, 10, 30, 100])
        #expect(Ticks(2.6e4...1.05e6, axis, most: 4).values == [3e4, 1e5, 3e5, 1e6])
        #expect(Ticks(1...1e30, axis, most: 6).values.allSatisfy { $0 == 1 || $0 >= 10 })
    }

    @Test func `labels that would touch are thinned`() {
        var ticks = Ticks(1e10...1e24, Axis("C", scale: .logarithmic, notation: .power), most: 15)
        ticks.thin { value in
            value == 1e10 ? 0 : 12 * Double(String(value).split(separator: "+").last.flatMap { Int($0) } ?? 0)
        }
        #expect(ticks.values.count < 15 && ticks.values.count >= 2)
    }

    @Test func `names stand at whole numbers and are cut to their room`() {
        let long = String(repeating: "recipe ", count: 20)
        let ticks = Ticks(0...1, Axis("", scale: .names(["a", long])), most: 2, width: 80)
        #expect(ticks.values == [0, 1])
        #expect(ticks.labels[0] == "a" && ticks.labels[1].hasSuffix("…"))
        #expect(Lettering.width(ticks.labels[1], 11) <= 80)
    }
}
