// The annealing area of Tissue et al. 2024, step after step, with its derivatives by λ.
//
// mᵢ = λ mᵢ₋₁ + (ηᵢ₋₁ − ηᵢ) is a linear recurrence, its sum another one with λ = 1, and so are the derivatives:
// m′ᵢ = λ m′ᵢ₋₁ + mᵢ₋₁ and m″ᵢ = λ m″ᵢ₋₁ + 2 m′ᵢ₋₁. Blocks of steps stay in the first cache.

import VectorMath

/// Running sums of a schedule, block by block.
public final class AnnealingSums {
    static let block = 512

    private let lambda: Double
    private let highest: Int
    private let kernels: vm_kernels
    /// For each order a place for what came before, and a block of momenta; then the blocks of areas; then one of inputs.
    private let space: UnsafeMutablePointer<Double>
    /// The last momentum and area of each order.
    private var ends = [(momentum: Double, area: Double)](repeating: (0, 0), count: 3)
    private static let width = block + 8

    /// - Parameter highest: the highest order of the derivatives by λ, 0 to 2.
    init(_ lambda: Double, highest: Int, _ kernels: vm_kernels) {
        precondition(highest >= 0 && highest <= 2, "orders are 0 to 2")
        (self.lambda, self.highest, self.kernels) = (lambda, highest, kernels)
        space = UnsafeMutableRawPointer.allocate(byteCount: 7 * Self.width * 8, alignment: 64)
            .bindMemory(to: Double.self, capacity: 7 * Self.width)
        space.initialize(repeating: 0, count: 7 * Self.width)
    }

    deinit { space.deallocate() }

    private func momenta(_ order: Int) -> UnsafeMutablePointer<Double> { space + order * Self.width + 8 }

    /// The areas of the last block, one a step.
    func areas(_ order: Int) -> UnsafePointer<Double> { UnsafePointer(space + (3 + order) * Self.width + 8) }

    /// Goes on by a block of steps.
    ///
    /// - Parameters:
    ///   - rates: those of the steps; the one before them is read too.
    ///   - count: ``block`` at most, and fewer only at the end.
    ///   - target: where the areas of the highest order go; nil for ``areas(_:)``.
    func add(_ rates: UnsafePointer<Double>, _ count: Int, into target: UnsafeMutablePointer<Double>? = nil) {
        let input = space + 6 * Self.width + 8
        for order in 0...highest {
            let momenta = momenta(order)
            momenta[-1] = ends[order].momentum
            var source = UnsafePointer(input)
            switch order {
            case 0: kernels.subtract_vv(input, rates - 1, rates, count)
            case 1: source = UnsafePointer(self.momenta(0) - 1)
            default: kernels.add_vv(input, self.momenta(1) - 1, self.momenta(1) - 1, count)
            }
            let areas = (order == highest ? target : nil) ?? UnsafeMutablePointer(mutating: areas(order))
            kernels.recurrence(momenta, areas, source, lambda, ends[order].momentum, ends[order].area, count)
            ends[order] = (momenta[count - 1], areas[count - 1])
        }
    }

    /// The annealing area, or a derivative of it by λ, at every step of a schedule.
    ///
    /// Differences count from the first fall on, as in ``CurveFunction/annealing``.
    ///
    /// - Parameters:
    ///   - rates: the learning rate of each step.
    ///   - order: 0 for the area, 1 or 2 for a derivative.
    public static func areas(
        of rates: [Double], lambda: Double, order: Int = 0, level: VectorLevel = .best
    ) -> [Double] {
        [Double](unsafeUninitializedCapacity: rates.count) { buffer, count in
            count = rates.count
            areas(of: rates, lambda: lambda, order: order, level: level, into: buffer)
        }
    }

    /// The same in memory of the caller's, so that trying many λ needs no new pages.
    ///
    /// - Precondition: `target` has room for a number a step.
    public static func areas(
        of rates: [Double], lambda: Double, order: Int = 0, level: VectorLevel = .best,
        into target: UnsafeMutableBufferPointer<Double>
    ) {
        precondition(target.count >= rates.count, "no room for all steps")
        let first = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
        let sums = AnnealingSums(lambda, highest: order, level.kernels)
        rates.withUnsafeBufferPointer { rates in
            guard let source = rates.baseAddress, let target = target.baseAddress else { return }
            target.initialize(repeating: 0, count: first)
            for start in stride(from: first, to: rates.count, by: block) {
                sums.add(source + start, min(block, rates.count - start), into: target + start)
            }
        }
    }
}
