// Law files that nobody wrote: they end in a law or a message, in time proportional to their length.

import Scaling
import Testing

/// A small generator with a seed (SplitMix64), so that a failure can be found again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

@Test(arguments: ["hoffmann-2022", "muennighoff-2023", "fernandes-2023-joint", "wei-2022"])
func mutatedLawFilesEndInALawOrAMessage(id: String) throws {
    var random = SplitMix(state: UInt64(id.utf8.count))
    let original = Array(try Atlas.embedded.text(of: id).utf8)
    let alphabet = Array("\n\r\t []:=,.#\\\"'^~/-e0N".utf8) + [0xFF, 0xC3, 0x00]
    for _ in 0..<2_000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
            case 2: bytes[place] = alphabet.randomElement(using: &random) ?? 0
            default:
                let end = min(bytes.count, place + Int.random(in: 1...80, using: &random))
                bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            }
            if bytes.isEmpty { bytes = [0x0A] }
        }
        do {
            let law = try LawFile.parse(String(decoding: bytes, as: UTF8.self), name: "m.law")
            let text = LawFile.print(law)
            #expect(LawFile.print(try LawFile.parse(text, name: "m.law")) == text)
            for golden in law.goldens { _ = try? law.predict(at: golden.point, set: golden.set) }
        } catch {
            #expect(!"\(error)".isEmpty)
        }
    }
}

@Test(arguments: [
    "\n \n", "[\n", "[set a]\n", "trap: x\n", " x", "[golden]\nat: N = 1\nvalue: 1\n", "value: E = 1\n", "\\",
    "[input ",
    "a = 1, ",
])
func aMegabyteOfOneThingTakesNoTime(piece: String) {
    let text = chinchilla + "\n" + String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let clock = ContinuousClock()
    let time = clock.measure { _ = refusal(text) }
    #expect(time < .seconds(5), "\(piece)")
}

@Test func manySetsAndGoldensTakeLinearTime() throws {
    func time(_ count: Int) throws -> Duration {
        var text = chinchilla
        for k in 0..<count {
            text += "\n[set s\(k)]\nvalues: E = 1, A = 2, B = 3, alpha = 4, beta = 5\n"
            text += "\n[golden]\nat: N = 1, D = 2\nset: s\(k)\nvalue: 1\n"
        }
        let clock = ContinuousClock()
        return try clock.measure { _ = try LawFile.parse(text, name: "x") }
    }
    _ = try time(500)
    // Sixteen times the text may take forty times the time, far from 256.
    #expect(try time(16_000) < max(time(1_000), .milliseconds(5)) * 40)
}
