// Turns Atlas/, the hardware catalogue and the runs of the demonstration into Swift source at build time, so that the
// program carries them and reads no file for them.
//
// SwiftPM remembers the list of a command's inputs until the manifest changes, so a law file that is added, removed
// or edited later would be missed. The command therefore has one input, which the tool itself touches: at every
// build it looks out of date and runs. The tool lists the folder, and rewrites its source only where a law changed,
// so nothing is compiled in vain.

import Foundation
import PackagePlugin

@main
struct Embed: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let atlas = context.package.directoryURL.appending(path: "Atlas").resolvingSymlinksInPath()
        let hardware = context.package.directoryURL.appending(path: "Hardware/accelerators.csv")
            .resolvingSymlinksInPath()
        let runs = context.package.directoryURL.appending(path: "Examples/byte-ladder/runs.csv")
            .resolvingSymlinksInPath()
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLaws.swift")
        let touched = context.pluginWorkDirectoryURL.appending(path: "touched-by-every-build")
        if !FileManager.default.fileExists(atPath: touched.path(percentEncoded: false)) {
            try Data().write(to: touched)
        }
        let tool = try context.tool(named: "EmbedTool")
        return [
            .buildCommand(
                displayName: "Embedding the atlas, the hardware and the example", executable: tool.url,
                arguments: [atlas, hardware, runs, output, touched].map { $0.path(percentEncoded: false) },
                inputFiles: [touched],
                outputFiles: [output])
        ]
    }
}
