// LaTeX for papers: tables by booktabs, figures by TikZ, nothing beside the file.

extension ReportFormat {
    /// LaTeX that pdflatex, xelatex and lualatex read.
    ///
    /// A report with a title is a whole document. One without is a part to be put into one, and its first lines say
    /// which packages that needs.
    public static func latex() -> ReportFormat {
        ReportFormat(name: "latex") { report in
            var page = LaTeXPage()
            page.write(report.blocks, level: 0)
            let packages = page.packages.map { "\\usepackage{\($0)}" }
            guard let title = report.title else {
                return "% In the preamble: " + packages.joined(separator: " ") + "\n\n" + page.text
            }
            return """
                \\documentclass[11pt]{article}
                \\usepackage[T1]{fontenc}
                \\usepackage[a4paper,margin=25mm]{geometry}
                \(packages.joined(separator: "\n"))
                \\setlength{\\parindent}{0pt}
                \\setlength{\\parskip}{0.6em}
                \\emergencystretch=3em
                \\title{\(LaTeXText.escaped(title))}
                \\author{}
                \\date{}
                \\begin{document}
                \\maketitle

                \(page.text)
                \\end{document}

                """
        }
    }
}

private struct LaTeXPage {
    private(set) var text = ""
    private(set) var packages = ["amsmath", "booktabs", "graphicx", "longtable", "textcomp"]

    mutating func write(_ blocks: [Report.Block], level: Int) {
        for block in blocks { write(block, level) }
    }

    private mutating func write(_ block: Report.Block, _ level: Int) {
        switch block {
        case .section(let title, let blocks):
            let command = ["section", "subsection", "subsubsection", "paragraph", "subparagraph"][min(level, 4)]
            paragraph("\\\(command)*{\(LaTeXText.escaped(title))}")
            write(blocks, level: level + 1)
        case .sentence(let words): paragraph(LaTeXText.words(words))
        case .verbatim(let lines): paragraph(LaTeXText.typed(lines))
        case .facts(let facts):
            let items = facts.map { "\\item[\(LaTeXText.escaped($0.label))] \(LaTeXText.words($0.words))" }
            paragraph(LaTeXText.environment("description", items))
        case .list(let items):
            paragraph(LaTeXText.environment("itemize", items.map { "\\item " + LaTeXText.words($0) }))
        case .table(let grid): paragraph(LaTeXTable(grid).text)
        case .notices(let notices):
            let items = notices.map { notice in
                let code = notice.code.isEmpty ? "" : " (\\texttt{\(LaTeXText.escaped(notice.code))})"
                return
                    "\\item[Warning] \(LaTeXText.escaped(notice.message))\(code). \(LaTeXText.escaped(notice.hint))"
            }
            paragraph(LaTeXText.environment("description", items))
        case .answers(let answers):
            let items = answers.map { answer in
                var item = "\\item[\(LaTeXText.escaped(answer.label))] \\textbf{\(LaTeXText.escaped(answer.value))}"
                if !answer.interval.isEmpty { item += " (\(LaTeXText.escaped(answer.interval)))" }
                return answer.note.isEmpty ? item : item + ", " + LaTeXText.escaped(answer.note)
            }
            paragraph(LaTeXText.environment("description", items))
        case .figure(let plate):
            if !packages.contains("tikz") { packages.append("tikz") }
            let caption = "\\textbf{\(LaTeXText.escaped(plate.title)).} \(LaTeXText.words(plate.caption))"
            paragraph(
                """
                \\begin{figure}[htbp]
                \\centering
                \(LaTeXPicture(plate.views[0].wide).text)
                \\caption{\(caption)}
                \\label{fig:\(plate.name)}
                \\end{figure}
                """)
        case .formula(let formula):
            // As it was typed, and as mathematics where that fits a line.
            let mathematics = formula.latex
            paragraph(LaTeXText.typed("\(formula)"))
            if mathematics.utf8.count <= 240, LaTeXText.isMathematics(mathematics) {
                paragraph("\\[ \(mathematics) \\]")
            }
        case .passage(let paragraphs):
            paragraph(LaTeXText.environment("quote", [paragraphs.map(LaTeXText.words).joined(separator: "\n\n")]))
        }
    }

    private mutating func paragraph(_ content: String) {
        if content.isEmpty { return }
        text += (text.isEmpty ? "" : "\n") + content + "\n"
    }
}
