// The keys met in JSON Lines, by their paths; guesses that a line has them in the order of the line before.

/// The paths of all keys met so far, each with a number.
///
/// Objects and arrays have their own keys here, without a column, so that a key which occurs twice in one object is
/// found whatever its values are.
struct JSONKeys {
    enum Found { case found(Int), repeated, notUTF8 }

    private struct Key {
        var name: String
        var row = -1  // the last row that has it
        var column: Int?
    }

    private var keys: [Key] = []
    private var numbers: [String: Int] = [:]
    // The keys of the line before, in their order, and how many of this line have been found.
    private var order: [Int] = []
    private var step = 0
    private var row = -1

    mutating func beginRow() {
        row += 1
        step = 0
    }

    /// Prepares for a second pass over the same lines.
    mutating func forgetRows() {
        row = -1
        for index in keys.indices { keys[index].row = -1 }
    }

    /// Finds or adds the key of this path, which a row may have once.
    mutating func find(_ path: [UInt8]) -> Found {
        var key: Int
        if step < order.count, path.withUnsafeBufferPointer({ keys[order[step]].name.isMade(of: $0) }) {
            key = order[step]
        } else {
            guard let name = String(validating: path, as: UTF8.self) else { return .notUTF8 }
            key = numbers[name] ?? keys.count
            if key == keys.count {
                keys.append(Key(name: name))
                numbers[name] = key
            }
            if step < order.count { order[step] = key } else { order.append(key) }
        }
        step += 1
        if keys[key].row == row { return .repeated }
        keys[key].row = row
        return .found(key)
    }

    func name(of key: Int) -> String { keys[key].name }
    func column(of key: Int) -> Int? { keys[key].column }
    mutating func setColumn(_ column: Int, of key: Int) { keys[key].column = column }
}
