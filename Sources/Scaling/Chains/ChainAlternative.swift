// Another law beside laws in steps: what it stands for there, and what it says of the same points.

import Fitting
import Formulas

extension Chain {
    /// A law that answers what a chain answers, or a part of it.
    public struct Alternative: Sendable {
        public enum Place: Hashable, Sendable {
            /// It reads the inputs of the chain, and predicts what the chain predicts.
            case whole
            /// It stands in place of the last law, and reads what the same steps predict.
            case last
            /// It stands in place of the law that predicts this input.
            case step(String)
        }

        public let law: Law
        public let place: Place
        /// The chain with the law in its place; nil where the law answers by itself.
        public let chain: Chain?

        /// What predictions are shown with.
        public var shown: Law { chain?.shown ?? law }
        /// The law whose values predictions are: that of the chain where another stands in place of a step.
        public var last: Law { chain?.law ?? law }

        /// What it says at points of the chain that it stands beside.
        ///
        /// - Parameter set: that of the chain beside: laws that both have keep it, and the other law takes its set of the
        ///   same name where it has one.
        /// - Throws: as ``Chain/predict(_:set:level:interval:source:vectorLevel:)``.
        public func predict(
            _ points: Points, set: String? = nil, level: Double = 0.95, interval kind: IntervalKind = .mean,
            vectorLevel: VectorLevel = .best
        ) throws(ScalingError) -> Predictions {
            let asked = chain?.asked ?? law
            let own = try points.read(by: asked)
            if let chain {
                let last = place == .last ? law.ownSet(set) : set
                return try chain.predict(
                    own, sets: (chain.links.map { $0.law.ownSet(set) }, last), level: level, interval: kind,
                    source: nil, vectorLevel: vectorLevel)
            }
            return try law.predict(
                own, set: law.ownSet(set), level: level, interval: kind, vectorLevel: vectorLevel)
        }
    }

    /// Where another law stands beside this chain; nil where it answers none of its questions.
    ///
    /// A law of the chain's inputs stands for the whole or for a step, by the name of what it predicts, else by its unit. A
    /// law that reads what the steps predict stands in place of the last one. Two units that are known have to be the same.
    public func alternative(_ other: Law) -> Alternative? {
        guard other.formula?.scheduleColumns.isEmpty == true, !other.inputs.isEmpty else { return nil }
        let asked = Set(self.asked.inputs.map(\.name))
        guard other.inputs.allSatisfy({ asked.contains($0.name) }) else { return last(other, asked) }
        if Self.isSame(other, law, name: law.predicted) { return Alternative(law: other, place: .whole, chain: nil) }
        guard let link = links.first(where: { Self.isSame(other, $0.law, name: $0.input) }) else { return nil }
        let steps = links.map { step -> (input: String?, law: Law) in
            (step.input, step.input == link.input ? other : step.law)
        }
        guard let chain = try? Chain(law, through: steps) else { return nil }
        return Alternative(law: other, place: .step(link.input), chain: chain)
    }

    private func last(_ other: Law, _ asked: Set<String>) -> Alternative? {
        guard !Self.isOther(other.response?.unit, law.response?.unit) else { return nil }
        let steps = links.map { step -> (input: String?, law: Law) in
            (other.input(step.input) == nil ? nil : step.input, step.law)
        }
        guard let chain = try? Chain(other, through: steps),
            chain.asked.inputs.allSatisfy({ asked.contains($0.name) }),
            zip(links, chain.links).allSatisfy({ own, link in
                let units = (other.input(link.input)?.unit, link.law.response?.unit)
                if Self.isOther(units.0, units.1) { return false }
                // What a law reads under another name is the same where its unit says so.
                return [own.input, link.law.predicted].contains(link.input) || units.0 != nil && units.0 == units.1
            })
        else { return nil }
        return Alternative(law: other, place: .last, chain: chain)
    }

    // Whether two laws predict the same, as far as their names and units say.
    private static func isSame(_ other: Law, _ own: Law, name: String) -> Bool {
        let units = (other.response?.unit, own.response?.unit)
        if isOther(units.0, units.1) { return false }
        return other.predicted == name || other.predicted == own.predicted || units.0 != nil && units.0 == units.1
    }

    /// Whether two units are known, and are not the same.
    package static func isOther(_ one: String?, _ another: String?) -> Bool {
        one != nil && another != nil && one != another
    }
}

extension Law {
    /// What it predicts, by the name that formulas read it by.
    fileprivate var predicted: String {
        responseSymbol ?? response?.name ?? formula?.response.map { "\($0)" } ?? ""
    }
}
