// allometry laws, and its search, show and lint.

import ArgumentParser
import Workbench

struct LawsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "laws",
        abstract: "List, search and show published laws; check law files.",
        usage: """
            allometry laws [--field <field>]
            allometry laws search <words> | show <law> | lint <file> ...
            """,
        discussion: """
            EXAMPLES:
              allometry laws --field language
              allometry laws search 'repeated data'
              allometry laws show hoffmann-2022
              allometry laws lint mine.law
            """,
        subcommands: [LawsListCommand.self, LawsLintCommand.self, LawsSearchCommand.self, LawsShowCommand.self],
        defaultSubcommand: LawsListCommand.self)
}

struct LawsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All laws, by field.", usage: "allometry laws [<options>]")

    @Option(help: ArgumentHelp("Only the laws of this field.", valueName: "field"))
    var field: String?

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws { try format.show(try LawsVerb.answer(LawsRequest(field: field, atlas: atlas.folders))) }
}

struct LawsSearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Laws that hold every word, best first, with the matching line.",
        usage: "allometry laws search <words> ... [<options>]",
        discussion: """
            EXAMPLE:
              allometry laws search 'repeated data'
            """)

    @Argument(help: ArgumentHelp("Words, in any order.", valueName: "words"))
    var words: [String]

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws {
        let query = words.joined(separator: " ")
        try format.show(try LawsSearchVerb.answer(LawsSearchRequest(query: query, atlas: atlas.folders)))
    }
}

struct LawsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "All that is known of one law: formula, symbols, coefficients, traps, source.",
        usage: "allometry laws show <law> [<options>]",
        discussion: """
            EXAMPLE:
              allometry laws show hoffmann-2022
            """)

    @Argument(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws { try format.show(try LawsShowVerb.answer(LawsShowRequest(law: law, atlas: atlas.folders))) }
}

struct LawsLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "What should be better in law files; exit status 1 where anything should.",
        usage: "allometry laws lint <file> ... [<options>]",
        discussion: """
            EXAMPLE:
              allometry laws lint Atlas/language/*.law
            """)

    @Argument(help: ArgumentHelp("Law files.", valueName: "file"), completion: .file(extensions: ["law"]))
    var files: [String]

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws {
        let answer = try LawsLintVerb.answer(LawsLintRequest(files: files))
        try format.show(answer)
        if answer.reply.contains(where: { $0.error != nil || !$0.remarks.isEmpty }) { throw ExitCode(1) }
    }
}
