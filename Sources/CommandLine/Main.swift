// The entry: options are parsed, the verb runs, and whatever is wrong goes to standard error with its exit status.

import ArgumentParser

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try Program.parseAsRoot(arguments)
            try command.run()
        } catch {
            Terminal.finish(Outcome(error, arguments))
        }
    }
}
