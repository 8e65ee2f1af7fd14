// The law file: text to law and back. The format stands on a page in Atlas/README.md.

import Formulas

/// Reads and writes law files. Nothing in a law file can run code or read a file.
public enum LawFile {
    /// The version of the format that this program reads and writes.
    public static let version = "1"

    /// The law that a text says.
    ///
    /// Linear in the length of the text.
    ///
    /// - Parameters:
    ///   - text: the content of the file.
    ///   - name: its name or path; the law's id is the last part of it without `.law`.
    ///   - atlas: where the laws are that its formula calls.
    /// - Throws: ``ScalingError/lawFile(_:at:)`` with file and line, for anything that the format does not allow.
    public static func parse(
        _ text: String, name: String, atlas: Atlas = .embedded
    ) throws(ScalingError) -> Law {
        try parse(text, name: name, atlas: atlas, callers: [id(ofFile: name)])
    }

    static func parse(
        _ text: String, name: String, atlas: Atlas, callers: [String]
    ) throws(ScalingError) -> Law {
        try parse(texts(text), name: name, atlas: atlas, callers: callers)
    }

    static func parse(
        _ texts: [String], name: String, atlas: Atlas, callers: [String]
    ) throws(ScalingError) -> Law {
        let file = try LawText(texts.first ?? "", file: name)
        try file.check()
        var law = try LawReader(file).read(id: id(ofFile: name))
        if let formula = law.formula, let entry = file.sections[0]["formula"] {
            do {
                law.formula = try atlas.resolving(formula, callers: callers)
            } catch {
                guard case .lawCall(let fault) = error else { throw error }
                throw .lawFile(.call(fault), at: file.place(value: entry))
            }
        }
        try LawChecks(file, law).run()
        try readMembers(&law, file, Array(texts.dropFirst()), name: name, atlas: atlas, callers: callers)
        return law
    }

    /// The law as a law file; `parse(print(law))` is `law`.
    ///
    /// Lines are 118 characters wide; numbers have the fewest digits that read back as the same number. Empty texts
    /// are left out, and texts lose the spaces at their ends.
    public static func print(_ law: Law) -> String {
        var printer = LawPrinter()
        printer.print(law)
        return printer.text
    }

    /// The id of the law in a file: its name without folders and `.law`.
    public static func id(ofFile name: String) -> String {
        let last = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        return last.hasSuffix(".law") ? String(last.dropLast(4)) : String(last)
    }
}

extension Law {
    /// The law of that name.
    ///
    /// - Parameters:
    ///   - name: the path of a law file where it has a slash or ends in `.law`; else an id of the atlas.
    ///   - atlas: where an id is looked up.
    /// - Throws: ``ScalingError/unreadable(file:code:)``, ``ScalingError/unknownLaw(_:near:)`` with near names,
    ///   ``ScalingError/lawFile(_:at:)``.
    public static func load(_ name: String, atlas: Atlas = .embedded) throws(ScalingError) -> Law {
        if name.utf8.contains(UInt8(ascii: "/")) || name.hasSuffix(".law") {
            return try LawFile.parse(try TextFile.read(name), name: name, atlas: atlas)
        }
        return try atlas.law(name)
    }
}
