// Zeros, infinities, NaN and subnormal numbers: what the C standard's functions give, and the rules of our own.

import Testing
import VectorMath

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct SpecialValuesTests {
    /// The same kind of number, and within 4e-16 of it.
    private func alike(_ x: Double, _ expected: Double) -> Bool {
        if expected.isNaN { return x.isNaN }
        guard x.sign == expected.sign else { return false }
        return x == expected || abs(x - expected) <= max(4 * expected.ulp, .leastNonzeroMagnitude)
    }

    @Test func `functions of special values are those of the C library`() {
        let functions: [(KeyPath<Kernels, vm_v>, (Double) -> Double)] = [
            (\.negate, { -$0 }), (\.absolute, { abs($0) }), (\.square_root, { $0.squareRoot() }),
            (\.reciprocal, { 1 / $0 }), (\.exponential, { exp($0) }), (\.logarithm, { log($0) }),
            (\.log2, { log2($0) }), (\.log10, { log10($0) }), (\.expm1, { expm1($0) }), (\.log1p, { log1p($0) }),
            (\.sine, { sin($0) }), (\.cosine, { cos($0) }), (\.arctangent, { atan($0) }), (\.tanh, { tanh($0) }),
            (\.sigmoid, { $0 > 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) }),
            (\.softplus, { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) }),
        ]
        for level in vm_level.supported {
            for (path, function) in functions {
                var results = specials
                level.kernels[keyPath: path](&results, specials, specials.count)
                for (x, result) in zip(specials, results) {
                    #expect(alike(result, function(x)), "\(path) of \(x) at \(level)")
                }
            }
        }
    }

    @Test func `powers of special values are those of the C library`() {
        let xs = specials.flatMap { x in specials.map { _ in x } }, ys = specials.flatMap { _ in specials }
        for level in vm_level.supported {
            let kernels = level.kernels
            var both = xs
            kernels.power_vv(&both, xs, ys, xs.count)
            for i in xs.indices {
                #expect(alike(both[i], pow(xs[i], ys[i])), "\(xs[i]) ^ \(ys[i]) at \(level)")
            }
            for s in specials {
                var results = specials
                kernels.power_vs(&results, specials, s, specials.count)
                for (x, result) in zip(specials, results) { #expect(alike(result, pow(x, s)), "\(x) ^ scalar \(s)") }
                kernels.power_sv(&results, s, specials, specials.count)
                for (y, result) in zip(specials, results) { #expect(alike(result, pow(s, y)), "scalar \(s) ^ \(y)") }
            }
        }
    }

    @Test func `logarithms are exact at powers of their base`() {
        let twos = (-1074...1023).map { Double(sign: .plus, exponent: $0, significand: 1) }
        let tens = (0...22).map { pow(10, Double($0)) }
        for level in vm_level.supported {
            var results = twos
            level.kernels.log2(&results, twos, twos.count)
            #expect(results == (-1074...1023).map(Double.init))
            results = tens
            level.kernels.log10(&results, tens, tens.count)
            #expect(results == (0...22).map(Double.init))
        }
    }

    @Test func `a special value does not disturb its neighbours`() {
        var samples = Samples(seed: 4)
        let ordinary = samples.uniform(0.1...20, count: 8)
        for kernel in RowKernel.all {
            for level in vm_level.supported {
                let expected = kernel(level, ordinary, ordinary, ordinary, scalar: 0.37)
                for special in specials {
                    var disturbed = ordinary
                    disturbed[5] = special
                    let results = kernel(level, disturbed, disturbed, disturbed, scalar: 0.37)
                    #expect((0..<8).allSatisfy { $0 == 5 || same(results[$0], expected[$0]) }, "\(kernel.name)")
                }
            }
        }
    }

    @Test func `minimum and maximum pass NaN on, and comparisons with NaN are 0`() {
        let a: [Double] = [1, .nan, 1, .nan, -.infinity], b: [Double] = [2, 2, .nan, .nan, .nan]
        for level in vm_level.supported {
            let kernels = level.kernels
            func rows(_ path: KeyPath<Kernels, vm_vv>) -> [Double] {
                var results = a
                kernels[keyPath: path](&results, a, b, a.count)
                return results
            }
            #expect(same(rows(\.minimum_vv), [1, .nan, .nan, .nan, .nan]))
            #expect(same(rows(\.maximum_vv), [2, .nan, .nan, .nan, .nan]))
            #expect(rows(\.less_vv) == [1, 0, 0, 0, 0])
            #expect(rows(\.less_equal_vv) == [1, 0, 0, 0, 0])
            #expect(rows(\.equal_vv) == [0, 0, 0, 0, 0])
            var results = a
            kernels.minimum_vs(&results, a, .nan, a.count)
            #expect(results.allSatisfy { $0.isNaN })
            kernels.less_sv(&results, 0, a, a.count)
            #expect(results == [1, 0, 1, 0, 0])
        }
    }

    @Test func `a selection takes the first where the condition is not zero`() {
        for level in vm_level.supported {
            var results = [0.0, 0, 0, 0]
            level.kernels.select_vvv(&results, [1, 0, -0.0, .nan], [1, 2, 3, 4], [5, 6, 7, 8], 4)
            #expect(results == [1, 6, 7, 4])
        }
    }
}
