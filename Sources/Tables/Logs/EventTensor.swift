// The one number in a tensor that is a scalar: TensorProto of TensorFlow.
//
// Source: tensorboard/compat/proto/tensor.proto and types.proto (TensorBoard 2.21).

enum EventTensor {
    enum Scalar: Equatable { case value(Double), notAScalar, malformed }

    /// How the elements of a type lie in `tensor_content`, and which field else has them.
    private enum Element {
        case float, double, half, bfloat16
        case signed(bytes: Int), unsigned(bytes: Int)

        init?(type: UInt64) {
            switch type {
            case 1: self = .float
            case 2: self = .double
            case 3: self = .signed(bytes: 4)
            case 4, 10: self = .unsigned(bytes: 1)  // UINT8, BOOL
            case 5: self = .signed(bytes: 2)
            case 6: self = .signed(bytes: 1)
            case 9: self = .signed(bytes: 8)
            case 14: self = .bfloat16
            case 17: self = .unsigned(bytes: 2)
            case 19: self = .half
            case 22: self = .unsigned(bytes: 4)
            case 23: self = .unsigned(bytes: 8)
            default: return nil
            }
        }

        var size: Int {
            switch self {
            case .float: 4
            case .double: 8
            case .half, .bfloat16: 2
            case .signed(let bytes), .unsigned(let bytes): bytes
            }
        }
    }

    /// The value of a tensor of one number, whatever the number of its dimensions.
    ///
    /// A tensor that has a type and a shape but no element is 0, as in TensorFlow, which leaves out repeated elements.
    static func scalar(_ tensor: Wire) -> Scalar {
        var wire = tensor
        var type: UInt64 = 0
        var isOne = true
        var content: Wire?
        // The first element of a list, as its bits.
        var floats: UInt32?
        var doubles: UInt64?
        var integers: UInt64?
        var elements = 0
        while let key = wire.key() {
            switch key {
            case 0x08: type = wire.varint()
            case 0x12: isOne = hasOneElement(wire.message(), &wire)
            case 0x22: content = wire.message()
            case 0x2A: take(&wire, &elements, &floats) { $0.fixed32() }
            case 0x2D: take(one: wire.fixed32(), &elements, &floats)
            case 0x32: take(&wire, &elements, &doubles) { $0.fixed64() }
            case 0x31: take(one: wire.fixed64(), &elements, &doubles)
            // int_val, int64_val, bool_val, half_val, uint32_val, uint64_val.
            case 0x3A, 0x52, 0x5A, 0x6A, 0x82, 0x8A: take(&wire, &elements, &integers) { $0.varint() }
            case 0x38, 0x50, 0x58, 0x68, 0x80, 0x88: take(one: wire.varint(), &elements, &integers)
            default: wire.skip(key)
            }
        }
        if wire.failed { return .malformed }
        guard isOne, elements <= 1, let element = Element(type: type) else { return .notAScalar }
        if let content, !content.isEmpty {
            guard content.bytes.count == element.size else { return .notAScalar }
            return .value(value(of: element, bits: bits(content.bytes)))
        }
        switch element {
        case .float: return .value(Double(Float(bitPattern: floats ?? 0)))
        case .double: return .value(Double(bitPattern: doubles ?? 0))
        default: return .value(value(of: element, bits: integers ?? 0))
        }
    }

    // A list whose elements stand one after the other.
    private static func take<Bits>(
        _ wire: inout Wire, _ elements: inout Int, _ first: inout Bits?, _ element: (inout Wire) -> Bits
    ) {
        var list = wire.message()
        while !list.isEmpty, !list.failed { take(one: element(&list), &elements, &first) }
        if list.failed { wire.fail() }
    }

    private static func take<Bits>(one bits: Bits, _ elements: inout Int, _ first: inout Bits?) {
        if first == nil { first = bits }
        elements += 1
    }

    // Whether every dimension is 1; the shape of a scalar has none.
    private static func hasOneElement(_ shape: Wire, _ outer: inout Wire) -> Bool {
        var shape = shape
        var isOne = true
        while let key = shape.key() {
            switch key {
            case 0x12:
                var dimension = shape.message()
                var size: UInt64 = 0
                while let key = dimension.key() {
                    if key == 0x08 { size = dimension.varint() } else { dimension.skip(key) }
                }
                if dimension.failed { outer.fail() }
                if size != 1 { isOne = false }
            case 0x18: if shape.varint() != 0 { isOne = false }
            default: shape.skip(key)
            }
        }
        if shape.failed { outer.fail() }
        return isOne
    }

    private static func bits(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func value(of element: Element, bits: UInt64) -> Double {
        switch element {
        case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .double: Double(bitPattern: bits)
        case .half: Half.value(UInt16(truncatingIfNeeded: bits))
        case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits & 0xFFFF) << 16))
        case .signed(let bytes):
            // The sign of the element's own width, whether it comes as bytes or as a varint.
            Double((Int64(bitPattern: bits) << (64 - 8 * bytes)) >> (64 - 8 * bytes))
        case .unsigned(let bytes): Double(bits & (.max >> (64 - 8 * UInt64(bytes))))
        }
    }
}

/// Numbers of sixteen bits, IEEE 754 binary16.
enum Half {
    /// The value of these bits; every half is a double.
    static func value(_ bits: UInt16) -> Double {
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        let size: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
            }
        return bits >> 15 == 0 ? size : -size
    }
}
