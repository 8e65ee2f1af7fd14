// Search in the atlas.

import Scaling
import Testing

@Test func aSearchFindsTheLawOfRepeatedData() {
    let matches = Atlas.embedded.search("repeated data")
    #expect(matches.prefix(3).map(\.id).contains("muennighoff-2023"))
    #expect(matches.map(\.score) == matches.map(\.score).sorted(by: >))
    #expect(matches.allSatisfy { !$0.line.isEmpty && $0.score > 0 })
}

@Test func aSearchFindsClaimsTrapsAndMeanings() {
    #expect(Atlas.embedded.search("inverse scaling").contains { $0.id == "wei-2022" })
    #expect(Atlas.embedded.search("expm1 spurious").first?.id == "muennighoff-2023")
    #expect(Atlas.embedded.search("expm1 spurious").first?.line.hasPrefix("trap: ") ?? false)
}

@Test func everyWordOfAQueryMustBeFound() {
    #expect(Atlas.embedded.search("chinchilla zebra quagga").isEmpty)
    #expect(Atlas.embedded.search("  ").isEmpty)
    #expect(Atlas.embedded.search("scaling", limit: 5).count == 5)
}

@Test func anIdAndAnAuthorAreFound() {
    #expect(Atlas.embedded.search("hoffmann-2022").first?.id == "hoffmann-2022")
    #expect(Atlas.embedded.search("Besiroglu").contains { $0.id == "besiroglu-2024" })
}
