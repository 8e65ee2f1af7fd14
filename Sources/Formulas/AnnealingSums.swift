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
    /// For each order a place for what came before, and a block of momenta; then the blocks of areas.
    private let space: UnsafeMutablePointer<Double>
    private static let width = block + 8

    /// - Parameter highest: the highest order of the derivatives by λ, 0 to 2.
    init(_ lambda: Double, highest: Int, _ kernels: vm_kernels) {
        precondition(highest >= 0 && highest <= 2, "orders are 0 to 2")
        (self.lambda, self.highest, self.kernels) = (lambda, highest, kernels)
        space = UnsafeMutableRawPointer.allocate(byteCount: 6 * Self.width * 8, alignment: 64)
            .bindMemory(to: Double.self, capacity: 6 * Self.width)
        space.initialize(repeating: 0, count: 6 * Self.width)
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
    func add(_ rates: UnsafePointer<Double>, _ count: Int) {
        for order in 0...highest {
            let (momenta, areas) = (momenta(order), space + (3 + order) * Self.width + 8)
            // What came before stands in the place before the block.
            let (before, area) = (momenta[Self.block - 1], areas[Self.block - 1])
            if order == 0 {
                momenta[-1] = before
                kernels.subtract_vv(areas, rates - 1, rates, count)
                kernels.recurrence(momenta, areas, lambda, before, count)
            } else {
                momenta[-1] = before
                let lower = self.momenta(order - 1)
                if order == 1 {
                    kernels.recurrence(momenta, lower - 1, lambda, before, count)
                } else {
                    kernels.add_vv(areas, lower - 1, lower - 1, count)
                    kernels.recurrence(momenta, areas, lambda, before, count)
                }
            }
            kernels.recurrence(areas, momenta, 1, area, count)
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
        let first = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
        let sums = AnnealingSums(lambda, highest: order, level.kernels)
        return [Double](unsafeUninitializedCapacity: rates.count) { buffer, count in
            count = rates.count
            guard let target = buffer.baseAddress else { return }
            target.initialize(repeating: 0, count: first)
            rates.withUnsafeBufferPointer { rates in
                guard let base = rates.baseAddress else { return }
                for start in stride(from: first, to: count, by: block) {
                    let size = min(block, count - start)
                    sums.add(base + start, size)
                    (target + start).initialize(from: sums.areas(order), count: size)
                }
            }
        }
    }
}
