// The commands of a ladder's runs, from a template, and the script that makes them one after another.

import Formulas
import Scaling

extension LadderFolder {
    /// The command of each run.
    ///
    /// - Parameter folder: what stands for this folder in a shell; its quoted path unless given.
    /// - Throws: ``WorkbenchError/unknownPlace(_:known:)`` for a name in braces that no run has.
    func commands(_ design: LadderDesign, _ template: String, folder: String? = nil) throws -> [String] {
        try design.runs.enumerated().map { place, run in
            var values = [
                "run": Self.name(place, of: design.runs.count), "folder": folder ?? NextCommands.quoted(path),
                "cost": Expression.decimal(run.cost),
            ]
            for (name, value) in run.point.values {
                switch value {
                case .number(let number): values[name] = Expression.decimal(number)
                case .label(let label): values[name] = NextCommands.quoted(label)
                }
            }
            if let rate = run.learningRate { values["lr"] = Numeral.short(rate, digits: 3) }
            if let batch = run.batch {
                values["batch"] = Expression.decimal(batch.rounded())
                if let data = run.point.number("D") {
                    values["steps"] = Expression.decimal((data / batch).rounded(.up))
                }
            }
            return try Self.filled(template, values)
        }
    }

    // {N} is a run's number; {{ and }} are braces that the shell is to see, and ${NAME} is the shell's own.
    private static func filled(_ template: String, _ values: [String: String]) throws -> String {
        var (text, rest) = ("", template[...])
        while let place = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let mark = rest[place]
            let next = rest.index(after: place)
            if next < rest.endIndex, rest[next] == mark {
                text += rest[..<next]
                rest = rest[rest.index(after: next)...]
                continue
            }
            let isOfTheShell = rest[..<place].last == "$" || (rest.startIndex == place && text.last == "$")
            guard mark == "{", !isOfTheShell, let close = rest[next...].firstIndex(of: "}") else {
                if mark == "{", !isOfTheShell {
                    throw WorkbenchError.unknownPlace(String(rest[next...]), known: values.keys.sorted())
                }
                text += rest[..<next]
                rest = rest[next...]
                continue
            }
            guard let value = values[String(rest[next..<close])] else {
                throw WorkbenchError.unknownPlace(String(rest[next..<close]), known: values.keys.sorted())
            }
            text += rest[..<place] + value
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    // A run that is over is passed by, so that the script can be run again.
    func script(_ design: LadderDesign, _ template: String) throws -> String {
        let commands = try commands(design, template, folder: "\"$here\"")
        var lines = [
            "#!/bin/sh",
            "# Makes the runs that are not over, or of these the ones whose numbers stand behind: run.sh 3 5. Commands run",
            "# where this script is started from. A run is over when there is results/NN.done, or a result that was put",
            "# there by hand; one that failed leaves results/NN.failed and ends the script, which may be started again.",
            "here=$(cd \"$(dirname \"$0\")\" && pwd) || exit 1",
            "chosen=\" $* \"",
            "is_left() {",
            "    case \"$chosen\" in *[0-9]*) case \"$chosen\" in *\" $1 \"* | *\" $2 \"*) ;; *) return 1 ;; esac ;; esac",
            "    [ ! -e \"$here/results/$1.done\" ] && { [ -e \"$here/results/$1.begun\" ] ||",
            "        { [ ! -e \"$here/results/$1.csv\" ] && [ ! -e \"$here/results/$1.jsonl\" ]; }; }",
            "}",
            "begin() { rm -f \"$here/results/$1.failed\"; : > \"$here/results/$1.begun\"; }",
            "finish() { : > \"$here/results/$1.done\"; }",
            "fail() {",
            "    echo \"$2\" > \"$here/results/$1.failed\"",
            "    echo \"run $1 ended with status $2; start $0 again to make it anew\" >&2",
            "    exit 1",
            "}", "",
        ]
        for (place, command) in commands.enumerated() {
            let name = Self.name(place, of: design.runs.count)
            lines.append("# \(name)  \(design.runs[place].point.text(design.choice.law))")
            // On a line of its own, so that a comment at its end swallows nothing.
            lines += [
                "! is_left \(name) \(place + 1) || { begin \(name) && (", command,
                ") && finish \(name); } || fail \(name) $?",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
