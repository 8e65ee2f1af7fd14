// Requests and replies as JSON: sorted keys, digits that round-trip, null for what is not a finite number.

import FoundationEssentials

/// Reads and writes requests and replies.
public enum JSON {
    /// A value as JSON with sorted keys and a line feed at its end.
    ///
    /// - Precondition: no number of the value is infinite or not a number; replies keep these as ``Nullable``.
    public static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("a reply is always JSON: \(error)")
        }
    }

    /// The value that a text says.
    ///
    /// - Throws: the decoder's error for a text that is not JSON or not that value.
    public static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// A value that is written as `null` where there is none, so that a reply always has the same keys.
@propertyWrapper
public struct Nullable<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
    }
}

extension KeyedDecodingContainer {
    /// A key that is missing reads as null.
    public func decode<Value>(_ type: Nullable<Value>.Type, forKey key: Key) throws -> Nullable<Value> {
        try decodeIfPresent(type, forKey: key) ?? Nullable(wrappedValue: nil)
    }
}

extension Double {
    /// This number, or nil where it is infinite or not a number.
    var finite: Double? { isFinite ? self : nil }
}
