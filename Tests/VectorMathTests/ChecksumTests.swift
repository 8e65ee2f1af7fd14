// Checksums: published values, and the instruction against the tables.

import Testing
import VectorMath

@Test(arguments: [
    ("", 0, 0), ("123456789", 0xE306_9283, 0xCBF4_3926), ("a", 0xC1D0_4330, 0xE8B7_BE43),
    ("abcdefghijklmnopqrstuvwxyz", 0x9EE6_EF25, 0x4C27_50BD),
])
func checksumsAreThoseOfTheStandards(text: String, crc32c: UInt32, crc32: UInt32) {
    let bytes = Array(text.utf8)
    #expect(vm_crc32c(0, bytes, bytes.count) == crc32c)
    #expect(vm_crc32c_portable(0, bytes, bytes.count) == crc32c)
    #expect(vm_crc32(0, bytes, bytes.count) == crc32)
}

@Test func theInstructionAndTheTablesAgreeWhereverTheBytesAreCut() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
    let whole = vm_crc32c_portable(0, bytes, bytes.count)
    bytes.withUnsafeBytes { raw in
        for cut in 0...bytes.count {
            let rest = raw.baseAddress.map { $0 + cut }
            #expect(vm_crc32c(vm_crc32c(0, raw.baseAddress, cut), rest, bytes.count - cut) == whole)
            #expect(vm_crc32c_portable(vm_crc32c_portable(0, raw.baseAddress, cut), rest, bytes.count - cut) == whole)
        }
    }
}
