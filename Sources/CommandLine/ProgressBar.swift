// A bar on standard error for what takes over a second, and Ctrl-C for a partial answer.

import Workbench

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Shows how far a computation is, and stops it early when it is interrupted.
enum ProgressBar {
    // Written by the signal's handler, read between two pieces of work; sig_atomic_t is what C promises for that.
    private nonisolated(unsafe) static var isInterrupted: sig_atomic_t = 0

    /// Runs `body` with a bar. The first interruption asks it to stop and keep what it has, the second one ends the
    /// program as usual.
    static func during<Answer>(_ body: (Progress) throws -> Answer) rethrows -> Answer {
        let isShown = isatty(2) == 1
        let clock = ContinuousClock()
        let start = clock.now
        let drawn = Drawn()
        let before = signal(SIGINT) { _ in
            ProgressBar.isInterrupted = 1
            signal(SIGINT, SIG_DFL)
        }
        defer {
            signal(SIGINT, before)
            if drawn.isDrawn { write("\r\u{1B}[K") }
        }
        return try body(
            Progress { state in
                let elapsed = start.duration(to: clock.now)
                if isShown, elapsed > .seconds(1), elapsed - drawn.last > .milliseconds(100) {
                    drawn.last = elapsed
                    drawn.isDrawn = true
                    write("\r" + line(state, elapsed) + "\u{1B}[K")
                }
                return isInterrupted != 0
            })
    }

    /// `bootstrap [#####     ] 2,100 of 4,000, 3 s left; Ctrl-C keeps what is done`
    static func line(_ state: Progress.State, _ elapsed: Duration) -> String {
        let share = state.total > 0 ? Double(state.done) / Double(state.total) : 0
        let filled = Int(20 * share)
        let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: 20 - filled)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        let left = share > 0 ? Int((seconds * (1 - share) / share).rounded(.up)) : 0
        return "\(state.task) [\(bar)] \(state.done) of \(state.total), \(left) s left; Ctrl-C keeps what is done"
    }

    private static func write(_ text: String) { _ = OutputFile.write(text, descriptor: 2) }

    // Only the thread that reports touches it.
    private final class Drawn: @unchecked Sendable {
        var last = Duration.zero
        var isDrawn = false
    }
}
