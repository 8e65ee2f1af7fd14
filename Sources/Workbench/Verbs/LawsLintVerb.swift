// laws lint: what should be better in law files.

import Reports
import Scaling

/// A request to check law files.
public struct LawsLintRequest: Codable, Hashable, Sendable {
    public var files: [String]

    public init(files: [String]) { self.files = files }
}

/// What there is to say of one law file.
public struct LintedFile: Codable, Hashable, Sendable {
    public struct Remark: Codable, Hashable, Sendable {
        /// Stable, for programs: `no-golden`.
        public var code: String
        public var message: String
        @Nullable public var line: Int?
    }

    public var file: String
    /// Why the file cannot be read as a law.
    @Nullable public var error: String?
    public var remarks: [Remark]
}

/// Checks law files. The reply is an array, one element a file; a damaged file is an element, not an error.
public enum LawsLintVerb: Verb {
    public static let name = "laws lint"

    public static func answer(_ request: LawsLintRequest) throws -> Answer<[LintedFile]> {
        let reply = request.files.map { file in
            do throws(ScalingError) {
                let remarks = try LawFile.lint(try TextFile.read(file), name: file)
                return LintedFile(
                    file: file, error: nil,
                    remarks: remarks.map { LintedFile.Remark(code: $0.code, message: $0.message, line: $0.line) })
            } catch {
                return LintedFile(file: file, error: "\(error)", remarks: [])
            }
        }
        return Answer(reply) {
            .lint(reply.map { ($0.file, $0.error, $0.remarks.map { ($0.line, $0.code, $0.message) }) })
        }
    }
}
