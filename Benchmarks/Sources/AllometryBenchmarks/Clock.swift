// Time and memory of this process, as the operating system counts them.

#if canImport(Glibc)
    @_exported import Glibc
#elseif canImport(Musl)
    @_exported import Musl
#elseif canImport(Darwin)
    @_exported import Darwin
#endif

enum Clock {
    /// Processor seconds of all threads of this process: what other processes do on the machine counts for little.
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Seconds by the clock on the wall, for what runs on several threads.
    static func wall() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// The median seconds of one call of `body`: batches of at least two milliseconds, after one that does not count.
    static func median(batches: Int = 31, _ body: () throws -> Void) rethrows -> Double {
        var calls = 1
        var batch = try time(calls, body)
        while batch < 2e-3 {
            calls *= 2
            batch = try time(calls, body)
        }
        let times = try (0..<batches).map { _ in try time(calls, body) / Double(calls) }.sorted()
        return times[batches / 2]
    }

    private static func time(_ calls: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = seconds()
        for _ in 0..<calls { try body() }
        return seconds() - start
    }

    /// The largest number of bytes that this process has had in memory; of the program alone, not of the process that
    /// started it, which getrusage on Linux may include.
    static func peakBytes() -> Double {
        #if os(Linux)
            guard let file = fopen("/proc/self/status", "r") else { return .nan }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 256)
            while fgets(&line, 256, file) != nil {
                let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                guard text.hasPrefix("VmHWM:") else { continue }
                return (Double(text.filter(\.isNumber)) ?? .nan) * 1024
            }
            return .nan
        #else
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return Double(usage.ru_maxrss)
        #endif
    }
}
