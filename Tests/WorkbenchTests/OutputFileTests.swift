// Files are written whole or not at all.

import Foundation
import Testing
import Workbench

@Suite struct OutputFileTests {
    @Test func `a file is replaced and nothing is left beside it`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "a.txt").path
            try "old".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            try OutputFile.write("new\n", to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.txt"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o640)
        }
    }

    @Test func `who reads the old file keeps the old text`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "a.txt").path
            try OutputFile.write("old", to: path)
            let reader = try #require(FileHandle(forReadingAtPath: path))
            try OutputFile.write("new", to: path)
            #expect(try reader.readToEnd() == Data("old".utf8))
        }
    }

    @Test func `a link stays a link`() throws {
        try withFolder { folder in
            let (target, link) = (folder.appending(path: "a.txt").path, folder.appending(path: "b.txt").path)
            try OutputFile.write("old", to: target)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            try OutputFile.write("new", to: link)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        }
    }

    @Test func `a missing folder is refused with the command that makes it`() {
        let fault = message { try OutputFile.write("x", to: "/nowhere/at/all.law") }
        #expect(
            fault == """
                cannot write '/nowhere/at/all.law': there is no folder '/nowhere/at'
                  help: mkdir -p '/nowhere/at'
                """)
    }

    @Test func `a folder is no file`() throws {
        try withFolder { folder in
            #expect(message { try OutputFile.write("x", to: folder.path) }?.hasSuffix("Is a directory") == true)
        }
    }
}
