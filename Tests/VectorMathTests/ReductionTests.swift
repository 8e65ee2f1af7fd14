// Sums and losses against the plainest implementations.

import Testing
import VectorMath

@Suite struct ReductionTests {
    @Test(arguments: [0, 1, 7, 8, 9, 64, 100, 1000])
    func `a sum has the documented shape and is close to a plain one`(n: Int) {
        var samples = Samples(seed: UInt64(n + 10))
        let a = samples.uniform(-2...2, count: n), b = samples.uniform(-2...2, count: n)
        let c = samples.uniform(-2...2, count: n)
        func shaped(_ terms: [Double]) -> Double {
            var s = [Double](repeating: 0, count: 8)
            for (i, term) in terms.enumerated() { s[i % 8] += term }
            return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
        }
        let products = (0..<n).map { a[$0] * b[$0] }, triples = (0..<n).map { products[$0] * c[$0] }
        for level in vm_level.supported {
            let kernels = level.kernels
            #expect(kernels.sum(a, n) == shaped(a))
            #expect(kernels.dot(a, b, n) == shaped(products))
            #expect(kernels.dot3(a, b, c, n) == shaped(triples))
            #expect(abs(kernels.dot3(a, b, c, n) - triples.reduce(0, +)) <= 1e-15 * Double(n) * 8)
            #expect(kernels.maximum_absolute(a, n) == a.map(abs).max() ?? 0)
        }
    }

    @Test func `the largest absolute value is NaN if any value is, wherever it stands`() {
        for level in vm_level.supported {
            for place in 0..<20 {
                var a = [Double](repeating: -3, count: 20)
                #expect(level.kernels.maximum_absolute(a, 20) == 3)
                a[place] = .nan
                #expect(level.kernels.maximum_absolute(a, 20).isNaN)
                a[place] = -.infinity
                #expect(level.kernels.maximum_absolute(a, 20) == .infinity)
            }
        }
    }

    @Test(arguments: [0, 1, 8, 13, 245], [true, false])
    func `a loss is what its definition says`(n: Int, weighted: Bool) {
        var samples = Samples(seed: UInt64(n + 50))
        var r = samples.uniform(-2...2, count: n)
        if n > 10 { (r[3], r[9], r[10]) = (0, 0.7, -0.7) }
        let given = samples.uniform(0...3, count: n)
        let w = weighted ? given : [Double](repeating: 1, count: n)
        let delta = 0.7, up = 0.9, down = 0.1
        func tilt(_ x: Double) -> Double { x >= 0 ? up : down }
        func close(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-14 * max(1, abs(y)) }
        func all(_ x: [Double], _ expected: (Int) -> Double) -> Bool {
            (0..<n).allSatisfy { close(x[$0], expected($0)) }
        }
        func total(_ rho: (Double) -> Double) -> Double { (0..<n).reduce(0) { $0 + w[$1] * rho(r[$1]) } }
        func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

        for level in vm_level.supported {
            let kernels = level.kernels
            var psi = [Double](repeating: 0, count: n), weight = psi, curvature = psi
            given.withUnsafeBufferPointer { given in
                let weights = weighted ? given.baseAddress : nil

                let squares = kernels.squared(r, weights, n, &psi)
                #expect(close(squares, total { $0 * $0 }))
                #expect(all(psi) { 2 * w[$0] * r[$0] })

                let huber = kernels.tilted_huber(r, weights, n, delta, up, down, &psi, &weight, &curvature)
                #expect(
                    close(
                        huber,
                        total { tilt($0) * (abs($0) <= delta ? $0 * $0 / 2 : delta * (abs($0) - delta / 2)) }))
                #expect(all(psi) { w[$0] * tilt(r[$0]) * max(-delta, min(delta, r[$0])) })
                #expect(all(weight) { w[$0] * tilt(r[$0]) * (abs(r[$0]) <= delta ? 1 : delta / abs(r[$0])) })
                #expect(all(curvature) { abs(r[$0]) <= delta ? w[$0] * tilt(r[$0]) : 0 })

                let absolute = kernels.tilted_absolute(r, weights, n, up, down, &psi)
                #expect(close(absolute, total { tilt($0) * abs($0) }))
                #expect(all(psi) { w[$0] * tilt(r[$0]) * sign(r[$0]) })
            }
        }
    }

    @Test func `a Huber loss without end is half the squared one, and a NaN residual shows in all but the curvature`()
    {
        for level in vm_level.supported {
            let kernels = level.kernels
            var psi = [0.0, 0, 0], weight = psi, curvature = psi
            let r = [3.0, -1e9, 0.5]
            let sum = kernels.tilted_huber(r, nil, 3, .infinity, 1, 1, &psi, &weight, &curvature)
            #expect(sum == (9 + 1e18 + 0.25) / 2 && psi == r && weight == [1, 1, 1] && curvature == [1, 1, 1])
            #expect(kernels.tilted_huber([1, .nan, 1], nil, 3, 0.5, 1, 1, &psi, &weight, &curvature).isNaN)
            #expect(psi[1].isNaN && weight[1].isNaN && psi[2] == 0.5)
            #expect(kernels.tilted_absolute([1, .nan, -1], nil, 3, 0.9, 0.1, &psi).isNaN)
            #expect(psi[0] == 0.9 && psi[1].isNaN && psi[2] == -0.1)
            #expect(kernels.squared([1, .nan, -1], nil, 3, &psi).isNaN)
        }
    }
}
