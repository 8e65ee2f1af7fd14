// All words for what is wrong in an event file that is read all the same.

enum EventNotices {
    static func notices(
        of records: borrowing EventRecords, malformed: EventRecords.Damage, file: String
    ) -> [RunLog.Notice] {
        var notices: [RunLog.Notice] = []
        func add(_ code: String, at place: Int, _ what: String, _ hint: String) {
            notices.append(.init(code: code, message: "\(file), byte \(place): \(what)", hint: hint))
        }
        let bytes = records.badBytes
        if bytes.count > 0 {
            add(
                "log-checksum", at: bytes.first,
                bytes.count == 1
                    ? "a record with a false checksum was left out"
                    : "the first of \(bytes.count) records with false checksums, which were left out",
                "copy the file again from where it was written; the other records are whole")
        }
        let headers = records.badHeaders
        if headers.count > 0 {
            add(
                "log-damaged", at: headers.first,
                (headers.count == 1
                    ? "no record begins here" : "the first of \(headers.count) places where no record begins")
                    + "; \(records.skipped) bytes were passed over",
                "copy the file again from where it was written; what is left of it was read")
        }
        if malformed.count > 0 {
            add(
                "log-record", at: malformed.first,
                (malformed.count == 1 ? "a record" : "the first of \(malformed.count) records")
                    + " with a true checksum that \(malformed.count == 1 ? "is" : "are") no event of TensorBoard",
                "another program wrote it, or a version that is not known here; the other records were read")
        }
        if records.large.count > 0 {
            add(
                "log-large", at: records.large.first,
                "a record of more than \(EventRecords.sizeLimit >> 20) MiB was passed over",
                "nothing to do where it is a graph or an image; scalars take some 50 bytes")
        }
        if let place = records.cutOff {
            add(
                "log-truncated", at: place, "the last record is cut off",
                "read it again later where the run still writes; the records before it are whole")
        }
        if let place = records.givenUp {
            add(
                "log-given-up", at: place, "too much damage; the rest was not read",
                "copy the file again from where it was written")
        }
        return notices
    }

    static func unreadable(_ error: TableError, _ path: String) -> RunLog.Notice {
        switch error {
        case .changed:
            .init(
                code: "log-truncated",
                message: "\(path): became shorter while it was read; its last rows are missing",
                hint: "read it again once nothing writes to it, or read a copy")
        default:
            .init(
                code: "log-unreadable", message: String("\(error)".split(separator: "\n").first ?? ""),
                hint: "allow reading it, or leave it out; the other files were read")
        }
    }
}
