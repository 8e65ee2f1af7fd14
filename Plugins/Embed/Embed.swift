// Turns Atlas/ into Swift source at build time, so that the program carries its laws and reads no file for them.
//
// SwiftPM remembers the list of a command's inputs until the manifest changes, so a law file that is added, edited
// later or removed would be missed. The command therefore names no inputs and one output that it never writes: what
// lacks an output is run again, at every build. The tool lists the folder and touches its source only where a law
// changed, so nothing is compiled in vain.

import Foundation
import PackagePlugin

@main
struct Embed: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let atlas = context.package.directoryURL.appending(path: "Atlas").resolvingSymlinksInPath()
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLaws.swift")
        let neverWritten = context.pluginWorkDirectoryURL.appending(path: "always.run")
        let tool = try context.tool(named: "EmbedTool")
        return [
            .buildCommand(
                displayName: "Embedding the atlas", executable: tool.url,
                arguments: [atlas.path(percentEncoded: false), output.path(percentEncoded: false)],
                outputFiles: [output, neverWritten])
        ]
    }
}
