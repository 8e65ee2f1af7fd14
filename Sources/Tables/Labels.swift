// Texts of a column, each stored once and referred to by its number.

extension Column {
    /// One text a row, each different text stored once.
    public struct Labels: Sendable, Equatable {
        /// For each row the place of its text in ``names``, or −1 where missing.
        public let codes: [Int32]
        /// The different texts, in order of first appearance.
        public let names: [String]

        /// Labels of these codes.
        ///
        /// - Precondition: every code is −1 or a place in `names`.
        public init(codes: [Int32], names: [String]) {
            precondition(codes.allSatisfy { $0 >= -1 && $0 < names.count }, "a code without a name")
            self.codes = codes
            self.names = names
        }

        /// Labels of these texts, nil where missing.
        public init(_ texts: [String?]) {
            var known: [String: Int32] = [:]
            var names: [String] = []
            codes = texts.map { text in
                guard let text else { return -1 }
                if let code = known[text] { return code }
                let code = Int32(names.count)
                known[text] = code
                names.append(text)
                return code
            }
            self.names = names
        }

        /// The text of a row, or nil where missing.
        public subscript(row: Int) -> String? { codes[row] < 0 ? nil : names[Int(codes[row])] }

        init(numbers: [Double]) {
            var known: [Double: Int32] = [:]
            var names: [String] = []
            codes = numbers.map { number in
                if number.isNaN { return -1 }
                if let code = known[number] { return code }
                let code = Int32(names.count)
                known[number] = code
                names.append(Self.text(of: number))
                return code
            }
            self.names = names
        }

        /// The values where every label in use is a number, else nil.
        func numbers() -> [Double]? {
            let values = names.map { Cell(text: $0).number }
            var numbers: [Double] = []
            numbers.reserveCapacity(codes.count)
            for code in codes {
                guard code >= 0 else {
                    numbers.append(.nan)
                    continue
                }
                guard let value = values[Int(code)] else { return nil }
                numbers.append(value)
            }
            return numbers
        }

        private static func text(of number: Double) -> String {
            if number == 0 { return "0" }
            if abs(number) < 1e16, number == number.rounded() { return String(Int64(number)) }
            return number.description
        }
    }
}
