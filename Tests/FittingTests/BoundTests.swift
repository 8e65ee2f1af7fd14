// Bounds as text and as ranges.

import Fitting
import Testing

struct BoundTests {
    @Test(arguments: [
        ("0..", Bound(lower: 0)), ("..2", Bound(upper: 2)), ("0.1..0.9", Bound(lower: 0.1, upper: 0.9)),
        ("-1..1", Bound(lower: -1, upper: 1)), ("1M..2B", Bound(lower: 1e6, upper: 2e9)),
        ("3..3", Bound(lower: 3, upper: 3)),
    ]) func aBoundIsReadFromItsText(text: String, bound: Bound) {
        #expect(Bound(text) == bound)
    }

    @Test(arguments: ["", "..", "1", "2..1", "a..b", "0...", "0..nan", "inf.."]) func otherTextIsNoBound(text: String)
    {
        #expect(Bound(text) == nil)
    }

    @Test(arguments: ["0..", "..2", "0.1..0.9"]) func aBoundPrintsAsItIsWritten(text: String) {
        #expect(Bound(text)?.description == text)
    }

    @Test func aBoundHoldsItsEnds() {
        let bound = Bound(lower: 0, upper: 1)
        #expect(bound.contains(0) && bound.contains(1) && bound.contains(0.5))
        #expect(!bound.contains(-1e-300) && !bound.contains(1.0.nextUp) && !bound.contains(.nan))
        #expect(Bound.none.contains(-.greatestFiniteMagnitude))
    }
}
