// The page in a browser: nothing in the console, no request to any network, and everything that moves does.
//
// Skipped where no Chromium is installed (Debian: apt-get install chromium).

import Foundation
import Reports
import Testing

/// A headless browser.
enum Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The document after its scripts ran, and what the browser said on its error stream.
    static func open(_ html: String, size: String = "1280,2000") throws -> (document: String, errors: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allometry-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, out, err) = (
            folder.appending(path: "page.html"), folder.appending(path: "out"), folder.appending(path: "err")
        )
        try html.write(to: page, atomically: true, encoding: .utf8)
        for file in [out, err] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--enable-logging=stderr", "--user-data-dir=\(folder.path)/profile", "--window-size=\(size)",
            "--virtual-time-budget=3000", "--dump-dom", page.absoluteString,
        ]
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return (
            String(decoding: try Data(contentsOf: out), as: UTF8.self),
            String(decoding: try Data(contentsOf: err), as: UTF8.self)
        )
    }

    /// Runs `script` in a page after it loaded; what it adds to `seen` comes back, with every fault of the page.
    static func run(_ script: String, in html: String, size: String = "1280,2000") throws -> [String] {
        let before = """
            <script>
            var seen = [];
            addEventListener('error', function (e) { seen.push('error: ' + e.message); });
            addEventListener('securitypolicyviolation', function (e) { seen.push('policy: ' + e.blockedURI); });
            ['error', 'warn', 'log', 'info', 'debug'].forEach(function (kind) {
              console[kind] = function (text) { seen.push(kind + ': ' + text); };
            });
            </script>
            """
        let after = """
            <script>
            try { \(script) } catch (fault) { seen.push('fault: ' + fault.message); }
            performance.getEntriesByType('resource').forEach(function (entry) { seen.push('request: ' + entry.name); });
            var result = document.createElement('pre');
            result.id = 'result';
            result.textContent = JSON.stringify(seen);
            document.body.appendChild(result);
            </script>
            """
        let tested = html.replacing("<head>\n", with: "<head>\n\(before)\n").replacing(
            "</body>", with: "\(after)\n</body>")
        let (document, errors) = try open(tested, size: size)
        #expect(!errors.contains("CONSOLE"), "\(errors)")
        let start = try #require(document.range(of: "<pre id=\"result\">"))
        let end = try #require(document.range(of: "</pre>", range: start.upperBound..<document.endIndex))
        let text = document[start.upperBound..<end.lowerBound].replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}

@Suite(.enabled(if: Browser.path != nil, "no Chromium here"), .serialized) struct BrowserTests {
    @Test func `a page that is looked at says nothing and asks for nothing`() throws {
        for name in ["runs.csv", hostile] {
            let seen = try Browser.run("", in: ReportFormat.html().render(try sampleReport(named: name)))
            #expect(seen.isEmpty)
        }
    }

    @Test func `a table sorts by quantities up, down and back, and says so`() throws {
        let script = """
            var table = document.querySelector('table.sorts');
            var heads = table.querySelectorAll('thead th');
            function order() { return [].map.call(table.tBodies[0].rows, function (r) { return r.cells[0].textContent; }).join(' '); }
            seen.push(order());
            var column = heads[2];
            for (var i = 0; i < 3; i += 1) {
              column.querySelector('button').click();
              seen.push(column.getAttribute('aria-sort') + ': ' + order());
            }
            heads[1].querySelector('button').click();
            seen.push(column.getAttribute('aria-sort') + ': ' + order());
            """
        let seen = try Browser.run(script, in: ReportFormat.html().render(try sampleReport()))
        #expect(
            seen == [
                "runs.csv b c d", "ascending: c d runs.csv b", "descending: b runs.csv d c", "none: runs.csv b c d",
                "none: b c runs.csv d",
            ])
    }

    @Test func `a figure tells what lies under the pointer and under the arrow keys`() throws {
        let script = """
            var svg = document.querySelector('.view > svg.wide');
            var mark = svg.querySelectorAll('[data-i] > *')[3], tip = document.getElementById('tip');
            mark.scrollIntoView();
            var box = mark.getBoundingClientRect();
            function move(x, y) {
              svg.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y, bubbles: true }));
            }
            move(box.left + box.width / 2 + 2, box.top + box.height / 2);
            seen.push(tip.hidden + ' ' + tip.textContent + ' ' + mark.classList.contains('on'));
            svg.dispatchEvent(new PointerEvent('pointerleave', {}));
            seen.push(String(tip.hidden));
            svg.focus();
            function press(key) { svg.dispatchEvent(new KeyboardEvent('keydown', { key: key, bubbles: true })); }
            press('ArrowRight'); press('ArrowRight');
            seen.push(document.getElementById('told').textContent);
            press('Escape');
            seen.push(String(tip.hidden));
            """
        let seen = try Browser.run(script, in: ReportFormat.html().render(try sampleReport(named: "a<b>&'c'")))
        #expect(
            seen == [
                "false a<b>&'c': N = 13310000 true", "true", "a<b>&'c': N = 11000000", "true",
            ])
    }

    @Test func `axes and ground are switched, and telephones see the narrow picture`() throws {
        let script = """
            var views = document.querySelectorAll('.view'), buttons = document.querySelectorAll('.views button');
            function shown() { return [].map.call(views, function (v) { return !v.hidden; }).join(' '); }
            seen.push(shown() + ' ' + buttons[1].textContent);
            buttons[1].click();
            seen.push(shown() + ' ' + buttons[1].getAttribute('aria-pressed'));
            var ground = getComputedStyle(document.body).backgroundColor;
            document.getElementById('theme').click();
            seen.push(String(ground !== getComputedStyle(document.body).backgroundColor));
            seen.push(String(getComputedStyle(document.querySelector('.view:not([hidden]) > .narrow')).display));
            seen.push(String(document.documentElement.scrollWidth <= innerWidth));
            """
        let html = ReportFormat.html().render(try sampleReport())
        let wide = try Browser.run(script, in: html)
        #expect(wide == ["true false linear axes", "false true true", "true", "none", "true"])
        // The narrowest window that this browser makes is 500 points wide.
        let narrow = try Browser.run(script, in: html, size: "500,1000")
        #expect(narrow == ["true false linear axes", "false true true", "true", "block", "true"])
    }

    @Test func `what is to be taken along is copied without its button`() throws {
        let script = """
            var taken = [];
            Object.defineProperty(navigator, 'clipboard', { value: { writeText: function (text) {
              taken.push(text); return Promise.resolve(); } } });
            [].forEach.call(document.querySelectorAll('.copied'), function (button) { button.click(); });
            seen = seen.concat(taken);
            """
        let seen = try Browser.run(script, in: ReportFormat.html().render(try sampleReport()))
        #expect(
            seen == [
                "loss ~ E + A / N^alpha + B / D^beta", "allometry fit 'runs.csv'\n\n  x 99",
                "We fitted runs.csv by 1000 starts.\n\nSeed 1.",
            ])
    }
}
