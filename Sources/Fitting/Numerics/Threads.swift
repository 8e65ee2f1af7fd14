// The one place where the engine runs on several threads.

import VectorMath

package enum Threads {
    /// The results of `piece` for the numbers 0 ..< count, on all threads that the machine has.
    ///
    /// - Parameter piece: What it computes must depend on the number alone.
    package static func map<Result: Sendable>(
        _ count: Int, _ piece: @escaping @Sendable (_ number: Int) -> Result
    ) -> [Result] {
        let results = Slots<Result>(count)
        let begun = forEach(count, workers: min(available, max(1, count)), stops: { _ in false }) { _, number in
            results[number] = piece(number)
        }
        return results.first(begun)
    }

    /// How many threads this machine runs at once.
    static var available: Int { vm_processors() }

    /// Runs `piece` for the numbers 0 ..< count on up to `workers` threads.
    ///
    /// Worker 0 is the caller's own thread; it alone calls `stops` between its pieces, with how many pieces have ended.
    ///
    /// - Parameter piece: given the worker and the number of the piece. What it computes must depend on the number alone.
    /// - Returns: how many pieces were begun: the first so many, all of which have ended. Fewer than `count` only where
    ///   `stops` returned true.
    static func forEach(
        _ count: Int, workers: Int, stops: (_ finished: Int) -> Bool,
        piece: @Sendable (_ worker: Int, _ piece: Int) -> Void
    ) -> Int {
        withoutActuallyEscaping(stops) { stops in
            withoutActuallyEscaping(piece) { piece in
                var context = Context(stops: stops, piece: piece)
                return withUnsafeMutablePointer(to: &context) { pointer in
                    vm_for_each_piece(count, workers, pointer) { raw, worker, piece, finished in
                        let context = raw.assumingMemoryBound(to: Context.self)
                        context.pointee.piece(worker, piece)
                        return worker == 0 && context.pointee.stops(finished + 1) ? 1 : 0
                    }
                }
            }
        }
    }

    private struct Context {
        let stops: (Int) -> Bool
        let piece: @Sendable (Int, Int) -> Void
    }
}

/// Results of pieces: each place is written once, by one thread, and read after all threads have ended.
final class Slots<Result>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<Result?>

    init(_ count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: nil)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    subscript(place: Int) -> Result? {
        get { places[place] }
        set { places[place] = newValue }
    }

    func first(_ count: Int) -> [Result] { places.prefix(count).compactMap(\.self) }
}
