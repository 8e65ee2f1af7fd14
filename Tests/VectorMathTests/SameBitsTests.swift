// The guarantee: every level gives the same bits, for every length, from any address, in place or not.

import Testing
import VectorMath

@Suite struct SameBitsTests {
    @Test func `every row kernel gives the same bits at every level, for every length and address`() {
        var samples = Samples(seed: 1)
        let (a, b, c) = (samples.mixed(count: 1000), samples.mixed(count: 1000), samples.mixed(count: 1000))
        for kernel in RowKernel.all {
            for scalar in [0.37, -1.5, 2, 3, 0.5, -1, 0, 1, .nan, .infinity] {
                let reference = kernel(.portable, a, b, c, scalar: scalar)
                for level in vm_level.supported {
                    let all = kernel(level, a, b, c, scalar: scalar, offset: 3)
                    #expect(same(all, reference), "\(kernel.name) with \(scalar) at \(level)")
                }
            }
            for level in vm_level.supported {
                let reference = kernel(.portable, a, b, c, scalar: 0.37)
                for n in 0...100 {
                    let some = kernel(
                        level, Array(a[..<n]), Array(b[..<n]), Array(c[..<n]), scalar: 0.37, offset: n % 9)
                    #expect(same(some, Array(reference[..<n])), "\(kernel.name) of \(n) rows at \(level)")
                }
            }
        }
    }

    @Test func `the bits are those of every other machine`() {
        var samples = Samples(seed: 7)
        let columns = (0..<3).map { _ in
            (0..<300).map { samples.uniform($0 % 3 == 0 ? -700...700 : $0 % 3 == 1 ? 0...1 : -8...8) }
        }
        // FNV-1a over the results, every NaN counted as one.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for kernel in RowKernel.all {
            for value in kernel(.portable, columns[0], columns[1], columns[2], scalar: 0.37) {
                let bits = value.isNaN ? Double.nan.bitPattern : value.bitPattern
                hash = (hash ^ bits) &* 0x0000_0100_0000_01b3
            }
        }
        #expect(hash == 0x6147_564a_57e9_6b8d, "the arithmetic has changed: \(String(hash, radix: 16))")
    }

    @Test func `a result may take the place of any source`() {
        var samples = Samples(seed: 2)
        let sources = [samples.mixed(count: 43), samples.mixed(count: 43), samples.mixed(count: 43)]
        for kernel in RowKernel.all {
            for level in vm_level.supported {
                let reference = kernel(level, sources[0], sources[1], sources[2], scalar: 0.37)
                for place in 0..<3 {
                    let columns = sources.map { Column($0, offset: 1) }
                    let result = withExtendedLifetime(columns) {
                        kernel.run(
                            level.kernels, columns[place].start, columns.map { UnsafePointer($0.start) }, 0.37, 43)
                        return columns[place].values(43)
                    }
                    #expect(same(result, reference), "\(kernel.name) into source \(place) at \(level)")
                }
            }
        }
    }

    @Test func `every reduction and loss gives the same bits at every level, for every length and address`() {
        var samples = Samples(seed: 3)
        let a = samples.uniform(-2...2, count: 1000), b = samples.uniform(0...2, count: 1000)
        let c = samples.uniform(-2...2, count: 1000)
        for n in Array(0...100) + [1000] {
            let reference = reductions(.portable, a, b, c, n, offset: 0)
            for level in vm_level.supported {
                #expect(same(reductions(level, a, b, c, n, offset: n % 9), reference), "\(n) rows at \(level)")
            }
        }
    }

    /// Everything that reductions and losses give, in one row.
    private func reductions(
        _ level: vm_level, _ a: [Double], _ b: [Double], _ c: [Double], _ n: Int, offset: Int
    ) -> [Double] {
        let kernels = level.kernels
        let a = Column(a, offset: offset), b = Column(b, offset: offset), c = Column(c, offset: offset)
        let out = (0..<3).map { _ in Column([Double](repeating: 0, count: 1000), offset: offset) }
        defer { withExtendedLifetime((a, b, c, out)) {} }
        var result = [
            kernels.sum(a.start, n), kernels.dot(a.start, b.start, n), kernels.dot3(a.start, b.start, c.start, n),
            kernels.maximum_absolute(a.start, n),
        ]
        func append(_ sum: Double) {
            result.append(sum)
            for column in out { result += column.values(n) }
        }
        for weights in [nil, b.start] {
            append(kernels.squared(a.start, weights, n, out[0].start))
            append(
                kernels.tilted_huber(
                    a.start, weights, n, 0.7, 0.9, 0.1, out[0].start, out[1].start, out[2].start))
            append(kernels.tilted_absolute(a.start, weights, n, 0.9, 0.1, out[0].start))
        }
        return result
    }
}
