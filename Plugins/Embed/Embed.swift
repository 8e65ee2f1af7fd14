// Turns Atlas/ into Swift source at build time, so that the program carries its laws and reads no file for them.
//
// The folders are inputs of the command as well as the files: a file that is added changes its folder, and the tool
// lists the folder itself. Nothing has to be registered.

import Foundation
import PackagePlugin

@main
struct Embed: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let atlas = context.package.directoryURL.appending(path: "Atlas").resolvingSymlinksInPath()
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLaws.swift")
        let tool = try context.tool(named: "EmbedTool")
        var inputs = [atlas]
        let keys: [URLResourceKey] = [.isDirectoryKey]
        if let found = FileManager.default.enumerator(at: atlas, includingPropertiesForKeys: keys) {
            for case let url as URL in found where url.pathExtension == "law" || url.hasDirectoryPath {
                inputs.append(url)
            }
        }
        return [
            .buildCommand(
                displayName: "Embedding the atlas", executable: tool.url,
                arguments: [atlas.path(percentEncoded: false), output.path(percentEncoded: false)],
                inputFiles: inputs.sorted { $0.path < $1.path }, outputFiles: [output])
        ]
    }
}
