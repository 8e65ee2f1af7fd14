// What the tests share: the levels of this machine, the kernels by name and shape, samples, and a way to call a kernel
// on arrays that begin anywhere.

import VectorMath

typealias Kernels = vm_kernels

extension vm_level {
    static var supported: [vm_level] { [.portable, .avx2, .avx512].filter { vm_level_supported($0) == 1 } }
    var kernels: Kernels { vm_kernels_at(self).pointee }
}

/// A kernel that fills a column, whatever its shape: up to three source columns and a scalar.
struct RowKernel {
    let name: String
    let run: (Kernels, _ dst: UnsafeMutablePointer<Double>, _ sources: [UnsafePointer<Double>], Double, Int) -> Void

    init(_ name: String, v path: KeyPath<Kernels, vm_v>) {
        self.name = name
        run = { $0[keyPath: path]($1, $2[0], $4) }
    }
    init(_ name: String, vv path: KeyPath<Kernels, vm_vv>) {
        self.name = name
        run = { $0[keyPath: path]($1, $2[0], $2[1], $4) }
    }
    init(_ name: String, vs path: KeyPath<Kernels, vm_vs>) {
        self.name = name
        run = { $0[keyPath: path]($1, $2[0], $3, $4) }
    }
    init(_ name: String, sv path: KeyPath<Kernels, vm_sv>) {
        self.name = name
        run = { $0[keyPath: path]($1, $3, $2[0], $4) }
    }
    init(_ name: String, vvv path: KeyPath<Kernels, vm_vvv>) {
        self.name = name
        run = { $0[keyPath: path]($1, $2[0], $2[1], $2[2], $4) }
    }
    init(_ name: String, vsv path: KeyPath<Kernels, vm_vsv>) {
        self.name = name
        run = { $0[keyPath: path]($1, $2[0], $3, $2[1], $4) }
    }
    init(_ name: String, s path: KeyPath<Kernels, vm_fill>) {
        self.name = name
        run = { $0[keyPath: path]($1, $3, $4) }
    }

    /// Every kernel that fills a column.
    static var all: [RowKernel] {
        [
            RowKernel("fill", s: \.fill),
            RowKernel("negate", v: \.negate), RowKernel("absolute", v: \.absolute),
            RowKernel("square_root", v: \.square_root), RowKernel("reciprocal", v: \.reciprocal),
            RowKernel("exponential", v: \.exponential), RowKernel("logarithm", v: \.logarithm),
            RowKernel("log2", v: \.log2), RowKernel("log10", v: \.log10),
            RowKernel("expm1", v: \.expm1), RowKernel("log1p", v: \.log1p),
            RowKernel("sine", v: \.sine), RowKernel("cosine", v: \.cosine), RowKernel("arctangent", v: \.arctangent),
            RowKernel("tanh", v: \.tanh), RowKernel("sigmoid", v: \.sigmoid), RowKernel("softplus", v: \.softplus),
            RowKernel("exponential_scaled", vs: \.exponential_scaled),
            RowKernel("add_vv", vv: \.add_vv), RowKernel("add_vs", vs: \.add_vs),
            RowKernel("subtract_vv", vv: \.subtract_vv), RowKernel("subtract_vs", vs: \.subtract_vs),
            RowKernel("subtract_sv", sv: \.subtract_sv),
            RowKernel("multiply_vv", vv: \.multiply_vv), RowKernel("multiply_vs", vs: \.multiply_vs),
            RowKernel("divide_vv", vv: \.divide_vv), RowKernel("divide_vs", vs: \.divide_vs),
            RowKernel("divide_sv", sv: \.divide_sv),
            RowKernel("minimum_vv", vv: \.minimum_vv), RowKernel("minimum_vs", vs: \.minimum_vs),
            RowKernel("maximum_vv", vv: \.maximum_vv), RowKernel("maximum_vs", vs: \.maximum_vs),
            RowKernel("power_vv", vv: \.power_vv), RowKernel("power_vs", vs: \.power_vs),
            RowKernel("power_sv", sv: \.power_sv),
            RowKernel("less_vv", vv: \.less_vv), RowKernel("less_vs", vs: \.less_vs),
            RowKernel("less_sv", sv: \.less_sv),
            RowKernel("less_equal_vv", vv: \.less_equal_vv), RowKernel("less_equal_vs", vs: \.less_equal_vs),
            RowKernel("less_equal_sv", sv: \.less_equal_sv),
            RowKernel("equal_vv", vv: \.equal_vv), RowKernel("equal_vs", vs: \.equal_vs),
            RowKernel("multiply_add_vvv", vvv: \.multiply_add_vvv),
            RowKernel("multiply_add_vsv", vsv: \.multiply_add_vsv),
            RowKernel("select_vvv", vvv: \.select_vvv),
        ]
    }

    /// The kernel's rows, with every column `offset` doubles into its own storage, and what lies beyond left alone.
    func callAsFunction(
        _ level: vm_level, _ a: [Double], _ b: [Double] = [], _ c: [Double] = [], scalar: Double = 0, offset: Int = 0
    ) -> [Double] {
        let n = a.count
        let columns = [a, b, c].map {
            Column($0 + [Double](repeating: 0, count: n - min(n, $0.count)), offset: offset)
        }
        let result = Column([Double](repeating: 77, count: n + 1), offset: offset)
        return withExtendedLifetime((columns, result)) {
            run(level.kernels, result.start, columns.map { UnsafePointer($0.start) }, scalar, n)
            precondition(result.start[n] == 77, "\(name) wrote beyond the end")
            return result.values(n)
        }
    }
}

/// Doubles that begin a chosen number of doubles after a 64-byte boundary, for as long as the column lives.
final class Column {
    private let storage: UnsafeMutableRawPointer
    let start: UnsafeMutablePointer<Double>

    init(_ values: [Double], offset: Int = 0) {
        storage = .allocate(byteCount: (values.count + offset + 1) * 8, alignment: 64)
        start = storage.bindMemory(to: Double.self, capacity: values.count + offset + 1) + offset
        start.initialize(from: values, count: values.count)
    }
    func values(_ n: Int) -> [Double] { Array(UnsafeBufferPointer(start: start, count: n)) }
    deinit { storage.deallocate() }
}

/// Marsaglia's xorshift: the same samples in every run.
struct Samples: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * (Double(next() >> 11) * 0x1p-53)
    }
    mutating func uniform(_ range: ClosedRange<Double>, count: Int) -> [Double] {
        (0..<count).map { _ in uniform(range) }
    }
    /// Any double but infinities and NaN, all exponents alike.
    mutating func finite() -> Double {
        let x = Double(bitPattern: next())
        return x.isFinite ? x : finite()
    }
    /// Mostly ordinary numbers, some of any size, and one in sixteen a special value.
    mutating func mixed(count: Int) -> [Double] {
        (0..<count).map { _ in
            switch next() % 16 {
            case 0: specials[Int(next() % UInt64(specials.count))]
            case 1, 2: finite()
            case 3, 4: uniform(-800...800)
            case 5, 6, 7: uniform(0...1)
            case 8: uniform(-10...10).rounded()
            default: uniform(-10...10)
            }
        }
    }
}

let specials: [Double] = [
    0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, 709.9, -745.2, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0x1p-1030, -0x1p-1030, 1e300, -1e300, .greatestFiniteMagnitude,
    0x1p70, -0x1p70, 0x1p53 + 1, -(0x1p53 - 1), 0x1p64, 1.nextUp, 1.nextDown, (-1).nextDown,
]

/// Equal bits, or both NaN.
func same(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }
func same(_ a: [Double], _ b: [Double]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { same($0, $1) } }
