// Errors in units in the last place, against the 80-bit functions of the C library. Only x86-64 has them.

#if arch(x86_64) && !os(Windows)
    import Testing
    import VectorMath

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// The distance in units of the last place of the true result, a subnormal one's being 2^-1074.
    private func error(_ result: Double, _ truth: Float80) -> Double {
        let rounded = Double(truth)
        if rounded.isNaN || rounded.isInfinite || result.isNaN || result.isInfinite {
            return same(result, rounded) ? 0 : .infinity
        }
        let exponent = truth == 0 ? -1022 : max(Int(truth.exponent), -1022)
        return Double(abs(Float80(result) - truth) / Float80(sign: .plus, exponent: exponent - 52, significand: 1))
    }

    struct Accuracy: CustomTestStringConvertible, Sendable {
        let name: String
        let limit: Double
        let kernel: @Sendable (Kernels) -> vm_v
        let truth: @Sendable (Float80) -> Float80
        let sample: @Sendable (inout Samples) -> Double
        var testDescription: String { name }

        static let all = [
            Accuracy(name: "exp, where it matters", limit: 1.1, kernel: { $0.exponential }, truth: { exp($0) }) {
                $0.uniform(-60...60)
            },
            Accuracy(
                name: "exp, subnormal results and overflow", limit: 1.1, kernel: { $0.exponential },
                truth: { exp($0) }
            ) { $0.uniform(-750...715) },
            Accuracy(name: "exp, all sizes", limit: 1.1, kernel: { $0.exponential }, truth: { exp($0) }) {
                $0.finite()
            },
            Accuracy(name: "ln, all sizes", limit: 0.9, kernel: { $0.logarithm }, truth: { log($0) }) {
                abs($0.finite())
            },
            Accuracy(name: "ln, near 1", limit: 0.9, kernel: { $0.logarithm }, truth: { log($0) }) {
                $0.uniform(0.5...2)
            },
            Accuracy(name: "ln, subnormal", limit: 0.9, kernel: { $0.logarithm }, truth: { log($0) }) {
                $0.uniform(0...3e-308)
            },
            Accuracy(name: "log2, all sizes", limit: 0.51, kernel: { $0.log2 }, truth: { log2($0) }) {
                abs($0.finite())
            },
            Accuracy(name: "log2, near 1", limit: 0.51, kernel: { $0.log2 }, truth: { log2($0) }) {
                $0.uniform(0.5...2)
            },
            Accuracy(name: "log10, all sizes", limit: 0.51, kernel: { $0.log10 }, truth: { log10($0) }) {
                abs($0.finite())
            },
            Accuracy(name: "log10, near 1", limit: 0.51, kernel: { $0.log10 }, truth: { log10($0) }) {
                $0.uniform(0.5...2)
            },
            Accuracy(name: "expm1", limit: 2, kernel: { $0.expm1 }, truth: { expm1($0) }) { $0.uniform(-3...3) },
            Accuracy(name: "expm1, all sizes", limit: 2, kernel: { $0.expm1 }, truth: { expm1($0) }) { $0.finite() },
            Accuracy(name: "log1p", limit: 2, kernel: { $0.log1p }, truth: { log1p($0) }) { $0.uniform(-1...3) },
            Accuracy(name: "log1p, all sizes", limit: 2, kernel: { $0.log1p }, truth: { log1p($0) }) {
                abs($0.finite())
            },
            Accuracy(name: "sine", limit: 1, kernel: { $0.sine }, truth: { sin($0) }) { $0.uniform(-1e5...1e5) },
            Accuracy(name: "cosine", limit: 1, kernel: { $0.cosine }, truth: { cos($0) }) { $0.uniform(-1e5...1e5) },
            Accuracy(name: "sine next to its zeros", limit: 1, kernel: { $0.sine }, truth: { sin($0) }) {
                ($0.uniform(0...600_000).rounded() * .pi / 2)
            },
            Accuracy(name: "arctangent", limit: 1, kernel: { $0.arctangent }, truth: { atan($0) }) {
                $0.uniform(-4...4)
            },
            Accuracy(name: "arctangent, all sizes", limit: 1, kernel: { $0.arctangent }, truth: { atan($0) }) {
                $0.finite()
            },
            Accuracy(name: "tanh", limit: 3, kernel: { $0.tanh }, truth: { tanh($0) }) { $0.uniform(-4...4) },
            Accuracy(name: "tanh, all sizes", limit: 3, kernel: { $0.tanh }, truth: { tanh($0) }) { $0.finite() },
            Accuracy(name: "sigmoid", limit: 3, kernel: { $0.sigmoid }, truth: { 1 / (1 + exp(-$0)) }) {
                $0.uniform(-760...50)
            },
            Accuracy(
                name: "softplus", limit: 3, kernel: { $0.softplus },
                truth: {
                    $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0))
                }
            ) { $0.uniform(-760...50) },
            Accuracy(
                name: "softplus, near 0", limit: 3, kernel: { $0.softplus },
                truth: {
                    $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0))
                }
            ) { $0.uniform(-5...5) },
        ]
    }

    @Suite struct AccuracyTests {
        @Test(arguments: Accuracy.all)
        func `a function keeps within its units in the last place`(accuracy: Accuracy) {
            var samples = Samples(seed: 5)
            let xs = (0..<100_000).map { _ in accuracy.sample(&samples) }
            var results = xs
            accuracy.kernel(vm_level_best().kernels)(&results, xs, xs.count)
            let worst =
                zip(xs, results).map { (error($1, accuracy.truth(Float80($0))), $0) }.max { $0.0 < $1.0 } ?? (0, 0)
            #expect(worst.0 <= accuracy.limit, "\(accuracy.name): \(worst.0) ulp at \(worst.1)")
        }

        @Test(arguments: ["ordinary", "the whole range", "near 1", "subnormal", "negative"])
        func `a power keeps within 2 units in the last place`(kind: String) {
            var samples = Samples(seed: 6)
            let pairs = (0..<50_000).map { _ -> (Double, Double) in
                switch kind {
                case "ordinary": return (exp(samples.uniform(-30...30)), samples.uniform(-3...3))
                case "the whole range":
                    let x = abs(samples.finite())
                    return (x, samples.uniform(-750...750) / max(1e-3, abs(log(x))))
                case "near 1":
                    let x = 1 + samples.uniform(-1...1) * exp(samples.uniform(-35 ... -1))
                    return (x, x == 1 ? 1 : samples.uniform(-750...750) / log(x))
                case "subnormal": return (samples.uniform(0...3e-308), samples.uniform(-1.1...1.1))
                default: return (-exp(samples.uniform(-5...5)), samples.uniform(-40...40).rounded())
                }
            }
            let xs = pairs.map(\.0), ys = pairs.map(\.1)
            var results = xs
            vm_level_best().kernels.power_vv(&results, xs, ys, xs.count)
            var worst = (0.0, 0.0, 0.0)
            for i in xs.indices {
                let e = error(results[i], pow(Float80(xs[i]), Float80(ys[i])))
                if e > worst.0 { worst = (e, xs[i], ys[i]) }
            }
            #expect(worst.0 <= 2, "\(worst.0) ulp at \(worst.1) ^ \(worst.2)")
        }
    }
#endif
