import Foundation
import LadderKernels
import Testing

@testable import ByteLadder

/// Each kernel alone: its values against the definition, its way back against finite differences of the definition.
@Suite struct KernelTests {
    static func numbers(_ count: Int, seed: UInt64, scale: Double = 1) -> [Float] {
        var chance = Chance(seed: seed)
        return (0..<count).map { _ in Float(chance.normals().0 * scale) }
    }

    /// d(sum of weights · f(x)) / dx by central differences in double precision.
    static func slopes(_ x: [Float], _ weights: [Float], _ f: ([Double]) -> [Double]) -> [Double] {
        let at = x.map { Double($0) }
        return at.indices.map { i in
            var (above, below) = (at, at)
            above[i] += 1e-6
            below[i] -= 1e-6
            let (high, low) = (f(above), f(below))
            return weights.indices.reduce(0.0) { $0 + Double(weights[$1]) * (high[$1] - low[$1]) } / 2e-6
        }
    }

    static func expectClose(_ ours: [Float], _ theirs: [Double], _ tolerance: Double = 2e-5) {
        let scale = theirs.map(abs).max() ?? 1
        for (a, b) in zip(ours, theirs) { #expect(abs(Double(a) - b) <= tolerance * max(scale, 1)) }
    }

    @Test(
        "The built-in product is the definition's, for every instruction set, layout and ragged size",
        arguments: [
            (1, 1, 1), (3, 5, 7), (12, 32, 16), (13, 33, 300), (25, 17, 5), (37, 48, 64), (6, 16, 257), (2, 100, 3),
        ])
    func product(m: Int, n: Int, k: Int) {
        for (transposeA, transposeB, accumulate) in [
            (0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 1), (0, 0, 1),
        ] {
            let a = KernelTests.numbers(m * k, seed: 1), b = KernelTests.numbers(k * n, seed: 2)
            let before = KernelTests.numbers(m * n, seed: 3)
            var expected = [Double](repeating: 0, count: m * n)
            for i in 0..<m {
                for j in 0..<n {
                    for p in 0..<k {
                        expected[i * n + j] +=
                            Double(a[transposeA == 1 ? p * m + i : i * k + p])
                            * Double(b[transposeB == 1 ? j * k + p : p * n + j])
                    }
                    if accumulate == 1 { expected[i * n + j] += Double(before[i * n + j]) }
                }
            }
            for level: Int32 in 0...2 {
                var c = before
                let ran = ladder_builtin_multiply_at(
                    level, Int32(m), Int32(n), Int32(k), a, transposeA == 1 ? 1 : k, transposeA == 1 ? m : 1, b,
                    transposeB == 1 ? 1 : n, transposeB == 1 ? k : 1, Int32(accumulate), &c, n)
                #expect(ran == 1 || level > 0)
                if ran == 1 { KernelTests.expectClose(c, expected) }
            }
        }
    }

    @Test(
        "The system's BLAS gives the built-in product, where there is a BLAS",
        .enabled(if: ladder_find_blas(nil) == 0))
    func library() {
        let (m, n, k) = (21, 34, 45)
        for (transposeA, transposeB, accumulate) in [(0, 0, 0), (1, 0, 1), (0, 1, 0)] as [(Int32, Int32, Int32)] {
            let a = KernelTests.numbers(m * k, seed: 1), b = KernelTests.numbers(k * n, seed: 2)
            var ours = KernelTests.numbers(m * n, seed: 3)
            var theirs = ours
            let lda = Int32(transposeA == 1 ? m : k), ldb = Int32(transposeB == 1 ? k : n)
            ladder_use_builtin()
            ladder_multiply(transposeA, transposeB, 21, 34, 45, a, lda, b, ldb, accumulate, &ours, 34)
            ladder_blas_multiply(transposeA, transposeB, 21, 34, 45, a, lda, b, ldb, accumulate, &theirs, 34)
            KernelTests.expectClose(ours, theirs.map { Double($0) })
        }
    }

    @Test("The norm and its way back")
    func norm() {
        let (rows, width) = (3, 13)
        let x = KernelTests.numbers(rows * width, seed: 1), gain = KernelTests.numbers(width, seed: 2)
        let dy = KernelTests.numbers(rows * width, seed: 3)
        var y = x, inverse = [Float](repeating: 0, count: rows)
        var dx = [Float](repeating: 0, count: x.count), dgain = [Float](repeating: 0, count: width)
        ladder_norm(Int32(rows), Int32(width), x, gain, &y, &inverse)
        ladder_norm_backward(Int32(rows), Int32(width), x, gain, inverse, dy, &dx, &dgain)
        let f = { (x: [Double], gain: [Double]) -> [Double] in
            (0..<rows).flatMap { row in
                let part = x[row * width..<(row + 1) * width]
                let root = (part.reduce(0.0) { $0 + $1 * $1 } / Double(width) + 1e-6).squareRoot()
                return zip(part, gain).map { $0 / root * $1 }
            }
        }
        let gains = gain.map { Double($0) }, inputs = x.map { Double($0) }
        KernelTests.expectClose(y, f(inputs, gains))
        KernelTests.expectClose(dx, KernelTests.slopes(x, dy) { f($0, gains) })
        KernelTests.expectClose(dgain, KernelTests.slopes(gain, dy) { f(inputs, $0) })
    }

    @Test("Both activations and their ways back")
    func activations() {
        let (rows, hidden) = (2, 19)
        let x = KernelTests.numbers(rows * 2 * hidden, seed: 1, scale: 2)
        let dh = KernelTests.numbers(rows * hidden, seed: 2)
        var h = dh, dx = x
        ladder_gated(Int32(rows), Int32(hidden), x, &h)
        ladder_gated_backward(Int32(rows), Int32(hidden), x, dh, &dx)
        let gated = { (x: [Double]) -> [Double] in
            (0..<rows * hidden).map { i in
                let at = i / hidden * 2 * hidden + i % hidden
                return x[at] / (1 + exp(-x[at])) * x[at + hidden]
            }
        }
        KernelTests.expectClose(h, gated(x.map { Double($0) }))
        KernelTests.expectClose(dx, KernelTests.slopes(x, dh, gated))

        let z = KernelTests.numbers(rows * hidden, seed: 3, scale: 3)
        var dz = z
        ladder_gelu(z.count, z, &h)
        ladder_gelu_backward(z.count, z, dh, &dz)
        let gelu = { (x: [Double]) -> [Double] in
            x.map { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }
        }
        KernelTests.expectClose(h, gelu(z.map { Double($0) }))
        KernelTests.expectClose(dz, KernelTests.slopes(z, dh, gelu))
    }

    @Test("Rotation keeps lengths, and its way back is its inverse")
    func rotation() throws {
        let shape = Shape(width: 12, layers: 1, heads: 2, hidden: 8, context: 5)
        let tables = Activations(shape, rows: 10)
        let before = KernelTests.numbers(10 * 36, seed: 1)
        var x = before
        ladder_rotate(2, 5, 2, 6, tables.cosine.start, tables.sine.start, 1, &x)
        for row in 0..<10 {
            for head in 0..<4 {
                let at = row * 36 + head * 6
                let lengths = [before, x].map { v in v[at..<at + 6].reduce(0) { $0 + $1 * $1 } }
                #expect(abs(lengths[0] - lengths[1]) < 1e-4)
            }
            // Values are not rotated, and position 0 stays.
            #expect(Array(x[row * 36 + 24..<row * 36 + 36]) == Array(before[row * 36 + 24..<row * 36 + 36]))
        }
        #expect(Array(x[0..<36]) == Array(before[0..<36]))
        #expect(x != before)
        ladder_rotate(2, 5, 2, 6, tables.cosine.start, tables.sine.start, -1, &x)
        for (a, b) in zip(x, before) { #expect(abs(a - b) < 1e-5) }
    }

    @Test("Attention over a context of two and a bit blocks, and its way back", arguments: [(1, 6), (2, 3)])
    func attention(heads: Int, head: Int) {
        let (context, width) = (70, heads * head)
        let qkv = KernelTests.numbers(context * 3 * width, seed: 1)
        let dout = KernelTests.numbers(context * width, seed: 2)
        var probabilities = [Float](repeating: 9, count: heads * context * context)
        var out = dout, dqkv = [Float](repeating: 9, count: qkv.count)
        ladder_attention(1, Int32(context), Int32(heads), Int32(head), qkv, &probabilities, &out)
        ladder_attention_backward(
            1, Int32(context), Int32(heads), Int32(head), qkv, probabilities, dout, &dqkv)
        let f = { (x: [Double]) -> [Double] in
            var y = [Double](repeating: 0, count: context * width)
            for h in 0..<heads {
                for t in 0..<context {
                    let scores = (0...t).map { s in
                        (0..<head).reduce(0.0) {
                            $0 + x[t * 3 * width + h * head + $1] * x[s * 3 * width + width + h * head + $1]
                        } / Double(head).squareRoot()
                    }
                    let sum = scores.reduce(0.0) { $0 + exp($1) }
                    for s in 0...t {
                        for i in 0..<head {
                            y[t * width + h * head + i] +=
                                exp(scores[s]) / sum * x[s * 3 * width + 2 * width + h * head + i]
                        }
                    }
                }
            }
            return y
        }
        KernelTests.expectClose(out, f(qkv.map { Double($0) }))
        // A difference for each 7th number is enough to see every place and part.
        let at = qkv.map { Double($0) }
        for i in stride(from: 0, to: at.count, by: 7) {
            var (above, below) = (at, at)
            above[i] += 1e-6
            below[i] -= 1e-6
            let (high, low) = (f(above), f(below))
            let slope = dout.indices.reduce(0.0) { $0 + Double(dout[$1]) * (high[$1] - low[$1]) } / 2e-6
            #expect(abs(Double(dqkv[i]) - slope) < 5e-5)
        }
    }

    @Test("Cross-entropy is −ln softmax, its gradient is softmax minus one, and bad logits reach the loss")
    func crossEntropy() {
        let (rows, classes) = (3, 21)
        let targets: [UInt8] = [4, 0, 20]
        let logits = KernelTests.numbers(rows * classes, seed: 1, scale: 3)
        let f = { (z: [Double]) -> [Double] in
            [
                (0..<rows).reduce(0.0) { sum, row in
                    let part = z[row * classes..<(row + 1) * classes]
                    return sum + log(part.reduce(0.0) { $0 + exp($1) }) - z[row * classes + Int(targets[row])]
                }
            ]
        }
        var gradient = logits
        let total = ladder_cross_entropy(Int32(rows), Int32(classes), targets, 0.5, &gradient)
        #expect(abs(total - f(logits.map { Double($0) })[0]) < 1e-5)
        KernelTests.expectClose(gradient, KernelTests.slopes(logits, [0.5], f))
        for bad in [Float.nan, .infinity] {
            var broken = logits
            broken[classes + 3] = bad
            #expect(!ladder_cross_entropy(Int32(rows), Int32(classes), targets, 0.5, &broken).isFinite)
        }
    }

    @Test("AdamW is its definition")
    func adamw() {
        var p: [Float] = [1, -2], m: [Float] = [0.1, 0], v: [Float] = [0.01, 0.04]
        let g: [Float] = [0.5, -1]
        ladder_adamw(2, &p, g, &m, &v, 0.5, 0.1, 0.9, 0.99, 1e-8, 0.2, 0.19, 0.0199)
        let expected: [(Double, Double, Double, Double)] = [(1, 0.1, 0.01, 0.25), (-2, 0, 0.04, -0.5)]
        for (i, (p0, m0, v0, gradient)) in expected.enumerated() {
            let m1 = 0.9 * m0 + 0.1 * gradient, v1 = 0.99 * v0 + 0.01 * gradient * gradient
            let p1 = p0 * (1 - 0.1 * 0.2) - 0.1 * (m1 / 0.19) / ((v1 / 0.0199).squareRoot() + 1e-8)
            #expect(abs(Double(p[i]) - p1) < 1e-6)
            #expect(abs(Double(m[i]) - m1) < 1e-7)
            #expect(abs(Double(v[i]) - v1) < 1e-7)
        }
    }
}
