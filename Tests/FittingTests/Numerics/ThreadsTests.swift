// Pieces of work on several threads.

import Testing

@testable import Fitting

@Suite struct ThreadsTests {
    // Each place is written by one piece.
    private final class Places: @unchecked Sendable {
        let counts: UnsafeMutableBufferPointer<Int>
        init(_ count: Int) {
            counts = .allocate(capacity: count)
            counts.initialize(repeating: 0)
        }
        deinit { counts.deallocate() }
    }

    @Test("every piece runs once", arguments: [1, 2, 7])
    func everyPieceOnce(workers: Int) {
        let places = Places(500)
        var last = 0
        let begun = Threads.forEach(500, workers: workers) { finished in
            #expect(finished > last)
            last = finished
            return false
        } piece: { worker, piece in
            #expect(worker < workers)
            places.counts[piece] += 1
        }
        #expect(begun == 500)
        #expect(places.counts.allSatisfy { $0 == 1 })
    }

    @Test("after a stop the first pieces are whole and no other has begun", arguments: [1, 3])
    func stops(workers: Int) {
        let places = Places(100_000)
        let begun = Threads.forEach(100_000, workers: workers) { _ in
            true
        } piece: { _, piece in
            places.counts[piece] += 1
        }
        #expect(begun >= 1)
        // Others may have done all before the caller's thread came to its first.
        if workers == 1 { #expect(begun == 1) }
        #expect(places.counts.prefix(begun).allSatisfy { $0 == 1 })
        #expect(places.counts.dropFirst(begun).allSatisfy { $0 == 0 })
    }

    @Test("no piece is no work")
    func none() {
        #expect(Threads.forEach(0, workers: 2, stops: { _ in false }, piece: { _, _ in }) == 0)
        #expect(Threads.available >= 1)
    }
}
