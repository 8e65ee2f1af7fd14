// Pictures of reports as a browser shows them, kept for people to look at: on a light and a dark ground, on a telephone and on
// paper.
//
// They go to ALLOMETRY_ARTEFACTS, or to `.build/artefacts`, which git ignores. Skipped where no Chromium is installed
// (Debian: apt-get install chromium).

import Foundation
import Reports
import Testing
import Workbench

/// A headless browser with a camera.
private enum Camera {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Where the pictures stay.
    static func folder() throws -> URL {
        let given = ProcessInfo.processInfo.environment["ALLOMETRY_ARTEFACTS"] ?? ""
        let folder =
            given.isEmpty
            ? fixtures.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/artefacts")
            : URL(filePath: given)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @discardableResult
    static func run(_ page: URL, width: Int, height: Int, isDark: Bool, _ options: [String]) throws -> String {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "allometry-camera-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments =
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--hide-scrollbars", "--allow-file-access-from-files", "--virtual-time-budget=3000",
                "--user-data-dir=\(scratch.path)/profile", "--window-size=\(width),\(height)",
            ] + (isDark ? ["--force-dark-mode"] : []) + options + [page.absoluteString]
        let out = scratch.appending(path: "out")
        try Data().write(to: out)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: out), as: UTF8.self)
    }

    /// The width and height that the first bytes of a PNG say.
    static func size(ofPNG file: URL) throws -> (Int, Int) {
        let bytes = [UInt8](try Data(contentsOf: file))
        try #require(bytes.count > 24 && bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }
}

@Suite(.enabled(if: Camera.path != nil, "no Chromium here"), .serialized) struct ScreenshotTests {
    /// The report of the shipped ladder, and that of a task through its loss.
    private static func reports(in folder: URL) throws -> [(name: String, html: String)] {
        let (ladder, accuracy) = (
            folder.appending(path: "ladder.law").path, folder.appending(path: "accuracy.law").path
        )
        var fit = Gallery.ladderFit()
        fit.save = ladder
        _ = try FitVerb.answer(fit)
        var second = Gallery.accuracyFit()
        second.save = accuracy
        _ = try FitVerb.answer(second)
        var own = ReportRequest(law: ladder)
        (own.at, own.budget, own.published) = (["N=4M, D=80M"], 1e15, "hoffmann-2022")
        var task = ReportRequest(law: accuracy)
        (task.at, task.through) = (["N=4M, D=80M"], [ladder])
        return try [("report", own), ("task", task)].map {
            ($0.0, ReportFormat.html().render(try ReportVerb.answer($0.1).report))
        }
    }

    @Test func `reports are photographed in light, in dark, on a telephone and on paper`() throws {
        let kept = try Camera.folder()
        try withFolder { folder in
            for (name, html) in try Self.reports(in: folder) {
                let page = folder.appending(path: "\(name).html")
                try html.write(to: page, atomically: true, encoding: .utf8)
                for (look, width, isDark) in [
                    ("light", 1280, false), ("dark", 1280, true), ("phone", 390, false), ("phone-dark", 390, true),
                ] {
                    // A window is at least 500 points wide; a frame in it is as wide as a telephone.
                    let frame = folder.appending(path: "\(name)-\(look).html")
                    func framed(_ height: Int) throws {
                        let text = """
                            <html style="overflow:hidden"><body style="margin:0"><iframe id="f" src="\(name).html" \
                            style="border:0;width:\(width)px;height:\(height)px"></iframe>
                            <script>addEventListener('load', function () {
                              var page = document.getElementById('f').contentDocument.documentElement;
                              var seen = document.createElement('pre');
                              seen.textContent = 'seen ' + page.scrollHeight + ' ' + page.scrollWidth + ' '
                                + matchMedia('(prefers-color-scheme: dark)').matches + ' end';
                              document.body.appendChild(seen);
                            });</script></body></html>
                            """
                        try text.write(to: frame, atomically: true, encoding: .utf8)
                    }
                    try framed(800)
                    let document = try Camera.run(
                        frame, width: max(500, width), height: 800, isDark: isDark, ["--dump-dom"])
                    let seen = try #require(document.firstMatch(of: /seen ([0-9]+) ([0-9]+) (true|false) end/))
                    #expect(Int(seen.2) == width, "\(name) leaves a window of \(width) points")
                    #expect(seen.3 == (isDark ? "true" : "false"))
                    let height = min(16_000, try #require(Int(seen.1)))
                    try framed(height)
                    let file = kept.appending(path: "\(name)-\(look).png")
                    try? FileManager.default.removeItem(at: file)
                    try Camera.run(
                        frame, width: max(500, width), height: height, isDark: isDark,
                        ["--screenshot=\(file.path)"])
                    #expect(try Camera.size(ofPNG: file) == (max(500, width), height))
                }
                let paper = kept.appending(path: "\(name)-print.pdf")
                try? FileManager.default.removeItem(at: paper)
                try Camera.run(
                    page, width: 1280, height: 900, isDark: false,
                    ["--print-to-pdf=\(paper.path)", "--no-pdf-header-footer"])
                let bytes = try Data(contentsOf: paper)
                #expect(bytes.starts(with: Array("%PDF".utf8)) && bytes.count > 50_000)
                let looks = try ["light", "dark"].map {
                    try Data(contentsOf: kept.appending(path: "\(name)-\($0).png"))
                }
                #expect(looks[0] != looks[1])
            }
        }
    }
}
