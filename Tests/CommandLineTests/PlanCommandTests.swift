// allometry plan and isoflop, as they are typed.

import Foundation
import Testing

@Suite struct PlanCommandTests {
    @Test func `a budget gives sizes, data and what being off costs`() throws {
        let run = try Binary.run(["plan", "besiroglu-2024", "--flops", "5.76e23", "--gpu", "h100", "--gpus", "2048"])
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, "plan")
    }

    @Test func `a saved fit gives intervals`() throws {
        try withFolder { folder in
            _ = try Binary.run(FitCommandTests.arguments + ["--save", "mine.law"], in: folder)
            let run = try Binary.run(
                ["plan", "mine.law", "--target-loss", "2.2", "--inference-tokens", "100B"], in: folder)
            #expect(run.status == 0)
            try Snapshot.check(run.output, "plan-target")
            let json = try Binary.run(["plan", "mine.law", "--flops", "1e22", "--format", "json"], in: folder)
            #expect(json.output.contains("\"intervalFrom\" : \"delta\""))
        }
    }

    @Test func `a shape says what a plan costs`() throws {
        let shape = "layers=32, width=4096, heads=32, ffn=11008, gated=1, vocab=32000, context=4096"
        let run = try Binary.run(
            ["plan", "hoffmann-2022", "--flops", "1e22", "--shape", shape, "--gpu", "mi300x", "--gpus", "512"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, "plan-shape")
        func refusal(_ arguments: [String]) throws -> String {
            try Binary.run(["plan", "hoffmann-2022", "--flops", "1e22"] + arguments).errors
        }
        #expect(try refusal(["--shape", "layers=32"]).contains("the shape has no 'width'"))
        #expect(try refusal(["--shape", shape, "--cost", "6*N*D"]).contains("--cost"))
        #expect(try refusal(["--depth-power", "1"]).contains("--shape"))
        #expect(try refusal(["--shape", shape, "--depth-power", "-1"]).contains("--depth-power: -1"))
        #expect(try refusal(["--shape", "nowhere.json"]).contains("nowhere.json"))
    }

    @Test func `hours, dollars and operations are the same budget`() throws {
        func size(_ arguments: [String]) throws -> String {
            let run = try Binary.run(["plan", "hoffmann-2022", "--format", "json"] + arguments)
            let line = run.output.split(separator: "\n").first { $0.contains("\"budget\"") }
            return line.map(String.init) ?? ""
        }
        // 1,000 hours of 989.4e12 FLOP/s at a half.
        let flops = try size(["--flops", "1780920000000000000000"])
        #expect(try size(["--gpu-hours", "1000", "--gpu", "h100", "--mfu", "0.5"]) == flops)
        #expect(try size(["--dollars", "2500", "--price", "2.5", "--gpu", "h100", "--mfu", "0.5"]) == flops)
    }

    @Test func `hardware of one's own joins the catalogue`() throws {
        try withFolder { folder in
            try "name,flops\nmine,1e15\n".write(
                to: folder.appending(path: "hardware.csv"), atomically: true, encoding: .utf8)
            let run = try Binary.run(
                ["plan", "hoffmann-2022", "--gpu-hours", "1", "--gpu", "Mine", "--hardware", "hardware.csv"],
                in: folder)
            #expect(run.status == 0)
            #expect(run.output.contains("hours of one mine at 0.4 of 1000 TFLOP/s"))
        }
    }

    @Test func `valleys, the line and every approach stand on one page`() throws {
        let run = try Binary.run(
            ["isoflop", "invented-isoflop.csv", "--by", "flops", "--column", "N=params", "--draws", "200"])
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, "isoflop")
    }
}
