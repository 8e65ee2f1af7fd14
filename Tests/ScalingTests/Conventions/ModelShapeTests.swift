// Counts of models whose counts are known.

import Scaling
import Testing

@Suite struct ModelShapeTests {
    @Test("released models have as many parameters as their files")
    func parameters() {
        let llama2 = ModelShape(
            layers: 32, width: 4096, heads: 32, feedForward: 11_008, vocabulary: 32_000, context: 4096, isGated: true)
        #expect(llama2.parameters(.all) == 6_738_415_616)
        #expect(llama2.parameters(.transformer) == 6_476_271_616.0)
        #expect(llama2.parameters(.nonEmbedding) == 6_607_343_616.0)
        let llama3 = ModelShape(
            layers: 32, width: 4096, heads: 32, feedForward: 14_336, vocabulary: 128_256, context: 8192,
            isGated: true, keyHeads: 8)
        #expect(llama3.parameters(.all) == 8_030_261_248)
        var gpt2 = ModelShape(layers: 12, width: 768, heads: 12, vocabulary: 50_257, context: 1024, isTied: true)
        (gpt2.hasBiases, gpt2.learnsPositions) = (true, true)
        #expect(gpt2.parameters(.all) == 124_439_808)
        var mixtral = ModelShape(
            layers: 32, width: 4096, heads: 32, feedForward: 14_336, vocabulary: 32_000, context: 32_768,
            isGated: true, keyHeads: 8)
        (mixtral.experts, mixtral.activeExperts) = (8, 2)
        #expect(mixtral.parameters(.all) == 46_702_792_704)
        #expect(((mixtral.parameters(.active) ?? 0) / 12.9e9 - 1).magnitude < 0.01)
    }

    @Test("ways of counting operations differ by what they leave out")
    func operations() {
        let shape = ModelShape(
            layers: 32, width: 4096, heads: 32, feedForward: 11_008, vocabulary: 32_000, context: 4096, isGated: true)
        let layers = 6_738_415_616.0 - 2 * 32_000 * 4096
        #expect(shape.operations(.sixND) == 6 * 6_738_415_616)
        #expect(shape.operations(.transformer) == 6 * layers)
        #expect(shape.operations(.vocabulary) == 6 * (layers + 32_000 * 4096))
        #expect(shape.operations(.attention) - shape.operations(.vocabulary) == 12 * 32 * 4096 * 4096)
        // Norms are no matrix product; causal attention needs half of the products.
        let norms = 65.0 * 4096
        #expect(
            shape.operations(.exact) == shape.operations(.vocabulary) - 6 * norms + 6 * 32 * 4096 * 4096)
    }

    @Test("a shape that cannot be is refused")
    func refusals() {
        #expect(message { try ModelShape(["layers": 2]) }.contains("has no 'width'"))
        #expect(message { try ModelShape(["layers": 2, "widht": 8]) }.contains("did you mean 'width'?"))
        let whole = ["layers": 2.0, "width": 8, "heads": 2, "vocab": 10, "context": 4]
        #expect(message { try ModelShape(whole.merging(["width": 0]) { $1 }) }.contains("width = 0 cannot be used"))
        #expect(message { try ModelShape(whole.merging(["tied": 2]) { $1 }) }.contains("tied = 2 cannot be used"))
        #expect(
            message { try ModelShape(whole.merging(["experts": 2, "active-experts": 4]) { $1 }) }
                .contains("active-experts = 4 cannot be used"))
    }
}
