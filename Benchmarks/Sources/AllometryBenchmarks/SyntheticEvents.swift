// Event files of TensorBoard as PyTorch's writer makes them, of invented runs: for the reader and its peer to read.

import VectorMath

enum SyntheticEvents {
    private static let tags = ["train/loss", "train/grad_norm", "train/lr", "throughput/tokens_per_second"]

    /// Writes so many runs, each in a folder of its own, of so many scalars in all.
    static func write(to folder: String, runs: Int, scalars: Int) {
        for run in 0..<runs {
            let path = "\(folder)/run-\(run)"
            mkdir(path, 0o755)
            guard let file = fopen("\(path)/events.out.tfevents.1790000000.host.\(run).0", "w") else {
                perror(path)
                exit(1)
            }
            write(run: run, scalars: scalars / runs + (run < scalars % runs ? 1 : 0), to: file)
            fclose(file)
        }
    }

    private static func write(run: Int, scalars: Int, to file: UnsafeMutablePointer<FILE>) {
        var bytes: [UInt8] = []
        add(record: [0x09] + little(1.79e9.bitPattern) + field(0x1A, Array("brain.Event:2".utf8)), to: &bytes)
        for index in 0..<scalars {
            let step = index / tags.count
            let tag = Array(tags[index % tags.count].utf8)
            let value = Float(2 + 8 / Double(step + run + 1).squareRoot())
            let summary = field(0x0A, field(0x0A, tag) + [0x15] + little(value.bitPattern))
            let time = 1.79e9 + Double(step) * 0.25
            add(record: [0x09] + little(time.bitPattern) + [0x10] + varint(step) + field(0x2A, summary), to: &bytes)
            if bytes.count > 1 << 20 {
                fwrite(bytes, 1, bytes.count, file)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        fwrite(bytes, 1, bytes.count, file)
    }

    private static func add(record: [UInt8], to bytes: inout [UInt8]) {
        let length = little(UInt64(record.count))
        bytes += length + checksum(length) + record + checksum(record)
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        let sum = vm_crc32c(0, bytes, bytes.count)
        return little((sum >> 15 | sum << 17) &+ 0xA282_EAD8)
    }

    private static func field(_ key: UInt8, _ content: [UInt8]) -> [UInt8] { [key] + varint(content.count) + content }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func varint(_ number: Int) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
