// The tags met in the events of a run; guesses that they come in the order of the step before.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The names of series, each with a number.
struct EventTags {
    /// What the tensors of a tag are, from the metadata that comes with the first of them.
    enum Kind { case unknown, scalars, other }

    private struct Tag {
        var name: String
        var kind = Kind.unknown
        var follower = 0  // the tag that came after this one the last time
    }

    private var tags: [Tag] = []
    private var numbers: [String: Int] = [:]
    private var last = 0

    var count: Int { tags.count }
    func name(of tag: Int) -> String { tags[tag].name }
    func kind(of tag: Int) -> Kind { tags[tag].kind }
    mutating func set(kind: Kind, of tag: Int) { tags[tag].kind = kind }

    /// The number of the tag of these bytes, or nil where they are not UTF-8.
    mutating func number(of bytes: UnsafeRawBufferPointer) -> Int? {
        let text = bytes.assumingMemoryBound(to: UInt8.self)
        if last < tags.count {
            let guess = tags[last].follower
            if tags[guess].name.isMade(of: text) {
                last = guess
                return guess
            }
        }
        guard let name = String(validating: text, as: UTF8.self) else { return nil }
        let number: Int
        if let known = numbers[name] {
            number = known
        } else {
            number = tags.count
            tags.append(Tag(name: name))
            numbers[name] = number
        }
        tags[last].follower = number
        last = number
        return number
    }
}
