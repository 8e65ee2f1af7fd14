// The page of counts: one shape, every way of counting its parameters and operations.

import Formulas
import Scaling

extension Report {
    /// The page of a shape's counts.
    public static func count(_ count: ShapeCount) -> Report {
        let shape = count.shape
        var words = [
            "\(Numbers.count(shape.layers)) layers", "width \(Numbers.count(shape.width))",
            "\(Numbers.count(shape.heads)) heads of \(Numbers.count(shape.headWidth))",
        ]
        if shape.keyHeads != shape.heads { words.append("\(Numbers.count(shape.keyHeads)) of keys and values") }
        words.append("feed-forward \(Numbers.count(shape.feedForward))\(shape.isGated ? " (gated)" : "")")
        words.append("vocabulary \(Numbers.count(shape.vocabulary))\(shape.isTied ? " (tied)" : "")")
        words.append("context \(Numbers.count(shape.context))")
        if shape.experts > 1 {
            words.append("\(Numbers.count(shape.activeExperts)) of \(Numbers.count(shape.experts)) experts")
        }
        var blocks: [Block] = [.sentence(Words(words.joined(separator: ", ") + "."))]
        blocks.append(
            .section(
                "parameters",
                [
                    .table(
                        Grid(
                            [.init("counting", .left), .init("number"), .init(""), .init("meaning", .left)],
                            rows: count.parameters.map {
                                [$0.name, Numbers.count($0.value), Numbers.quantity($0.value, digits: 3), $0.meaning]
                            }))
                ]))
        var columns: [Grid.Column] = [.init("counting", .left), .init("FLOP a token")]
        if count.tokens != nil { columns.append(.init("in all")) }
        columns.append(.init("meaning", .left))
        blocks.append(
            .section(
                "operations of training",
                [
                    .table(
                        Grid(
                            columns,
                            rows: count.operations.map { item in
                                let total = count.tokens.map { [Numbers.quantity(item.value * $0)] } ?? []
                                return [item.name, Numbers.quantity(item.value)] + total + [item.meaning]
                            }))
                ]))
        return Report(blocks)
    }
}
