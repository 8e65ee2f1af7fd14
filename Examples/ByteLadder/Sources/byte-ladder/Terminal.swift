import ByteLadder

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lines for the person who waits, on standard error.
enum Terminal {
    static func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(2, bytes, bytes.count)
    }

    static func progress(_ progress: Trainer.Progress) {
        tell(
            "\(progress.run)  step \(progress.step)/\(progress.steps)  loss \(fixed(progress.loss, 4))  \(short(Int(progress.tokensPerSecond))) tokens/s  \(time(progress.secondsLeft)) left"
        )
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
