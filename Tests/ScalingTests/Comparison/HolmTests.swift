// Correction for many looks.

import Scaling
import Testing

@Suite struct HolmTests {
    @Test func `the example of R's p adjust`() {
        // p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm")
        let adjusted = Holm.adjusted([0.01, 0.02, 0.03, 0.04])
        for (found, expected) in zip(adjusted, [0.04, 0.06, 0.06, 0.06]) {
            #expect((found - expected).magnitude < 1e-15)
        }
    }

    @Test func `order does not matter, one look costs nothing, and none exceeds 1`() {
        #expect(Holm.adjusted([0.03]) == [0.03])
        #expect(Holm.adjusted([0.4, 0.01, 0.9]) == [0.8, 0.03, 0.9])
        #expect(Holm.adjusted([0.7, 0.8]) == [1, 1])
        #expect(Holm.adjusted([]) == [])
    }

    @Test func `what is not known does not count`() {
        let adjusted = Holm.adjusted([.nan, 0.02, 0.5])
        #expect(adjusted[0].isNaN && adjusted[1] == 0.04 && adjusted[2] == 0.5)
    }
}
