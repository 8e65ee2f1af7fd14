// --through: the steps before a law, as they are typed.

import Scaling

enum ChainSteps {
    /// The law behind laws that predict its inputs, `L=loss.law` where names differ; nil without any.
    static func chain(_ law: Law, through texts: [String]?, atlas folders: [String]?) throws -> Chain? {
        guard let texts, !texts.isEmpty else { return nil }
        let atlas = try AtlasSource.atlas(folders)
        let steps = try texts.map { text -> (input: String?, law: Law) in
            // A path may hold an equals sign; a name of an input holds no slash or dot.
            guard let equals = text.firstIndex(of: "="), !text[..<equals].contains(where: { "/.".contains($0) })
            else {
                return (nil, try Law.load(text, atlas: atlas))
            }
            let name = text[..<equals].split(separator: " ").joined(separator: " ")
            return (name, try Law.load(String(text[text.index(after: equals)...].drop { $0 == " " }), atlas: atlas))
        }
        return try Chain(law, through: steps)
    }
}
