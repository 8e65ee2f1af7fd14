// The one place where the engine runs on several threads.

import VectorMath

enum Threads {
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
