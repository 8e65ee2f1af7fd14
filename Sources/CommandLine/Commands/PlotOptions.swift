// How a picture looks and where it goes, for all kinds of pictures.

import ArgumentParser
import Reports
import Workbench

struct PlotOptions: ParsableArguments {
    /// A form of a picture.
    private enum Form: String, CaseIterable {
        case csv, json, png, svg, text

        init?(ofPath path: String) {
            guard let point = path.lastIndex(of: ".") else { return nil }
            let ending = path[path.index(after: point)...].lowercased()
            self.init(rawValue: ending == "txt" ? "text" : ending)
        }
    }

    @Option(help: ArgumentHelp("The line above the picture.", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("In points (default: 760); of characters, how many a line.", valueName: "width"))
    var width: String?

    @Option(help: ArgumentHelp("In points; of characters, how many lines.", valueName: "height"))
    var height: String?

    @Option(
        help: ArgumentHelp("automatic (the reader's, the default), light, dark or grey.", valueName: "ground"),
        completion: .list(Theme.allCases.map(\.rawValue)))
    var ground: String?

    @Option(
        help: ArgumentHelp(
            "svg, text, csv, json or png; else by the ending of --to, else text on a terminal and svg into a pipe.",
            valueName: "form"),
        completion: .list(Form.allCases.map(\.rawValue)))
    var format: String?

    @Option(
        help: ArgumentHelp("Write there: .svg, .png, .csv, .json or .txt.", valueName: "file"),
        completion: .file(extensions: ["svg", "png", "csv", "json", "txt"]))
    var to: String?

    /// Draws what a request asks for, in the form and to the place that were asked for.
    func show(_ request: PlotRequest) throws {
        let form = try form()
        if let to {
            if form == .png { try PNGFile.check(to) } else { try OutputFile.check(to) }
        }
        var request = request
        (request.title, request.ground) = (title, ground)
        let (width, height) = (
            try width.map { try number($0, "--width", example: "760") },
            try height.map { try number($0, "--height", example: "460") }
        )
        if form != .text { (request.width, request.height) = (width, height) }
        let asked = request
        let picture = try ProgressBar.during { progress in try PlotVerb.picture(asked, progress: progress) }
        let text: String
        switch form {
        case .csv: text = picture.csv
        case .json: text = try PlotVerb.reply(picture, asked)
        case .svg: text = try PlotVerb.svg(picture, asked)
        case .text:
            let size = Terminal.pictureSize
            text = picture.text(
                width: width.map { Int($0) } ?? size.width, height: height.map { Int($0) } ?? size.height,
                style: to == nil ? Terminal.pictureStyle : .ascii)
        case .png: return try PNGFile.write(svg: try PlotVerb.svg(picture, asked), to: to ?? "")
        }
        if let to { try OutputFile.write(text, to: to) } else { Terminal.print(text) }
    }

    private func form() throws -> Form {
        if let format {
            guard let form = Form(rawValue: format), form != .png || to != nil else {
                throw format == "png"
                    ? OptionError.notAValue(format, option: "--format", example: "png --to figure.png")
                    : OptionError.unknownFormat(format, formats: Form.allCases.map(\.rawValue))
            }
            return form
        }
        guard let to else { return Terminal.isTerminal ? .text : .svg }
        if let form = Form(ofPath: to) { return form }
        if to.hasPrefix("/dev/") { return .svg }
        throw WorkbenchError.plot(.notAPicture(to, endings: [".svg", ".png", ".csv", ".json", ".txt"]))
    }
}

/// A law and its runs, for the pictures of a law.
struct PlotLawOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Argument(
        help: ArgumentHelp("The runs (default: the table that the law was fitted to).", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String?

    @OptionGroup var columns: ColumnOption
    @OptionGroup var atlas: AtlasOption

    func request(_ kind: String) throws -> PlotRequest {
        var request = PlotRequest(kind: kind, law: law)
        request.atlas = atlas.folders
        request.table = table.map { .path($0) }
        request.columns = try columns.assignments()
        return request
    }
}
