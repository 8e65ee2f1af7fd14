// The event files of TensorBoard, as TensorFlow, PyTorch, Keras, Lightning, the Hugging Face Trainer and others write them.
//
// Read are scalars, in both forms, and the hyperparameters of the hparams plugin. Texts, images, histograms, graphs and
// what other plugins write is passed over.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import VectorMath

/// A reader of TensorBoard's event files.
public enum TensorBoard {
    /// The runs in a folder, or the one in a file.
    ///
    /// A run is a folder with files that have `tfevents` in their names; these are read in the order of their names,
    /// which TensorBoard's own reader goes by, and their series are put one behind the other. Series are as they were
    /// written: steps that a restarted run wrote again are there twice. Values are those of `simple_value` (32 bits), or of
    /// tensors of one number of any numeric type; each has its step and its time in seconds since the beginning of 1970.
    /// Hyperparameters are settings under their own names.
    ///
    /// The name of a run is the path to its folder from the one that is given, or the name of the latter. Runs come in
    /// the order of these paths, a folder before those in it. Links are followed, and each folder is read once.
    ///
    /// What is damaged is left out, and the run says so among its notices: `log-checksum` (a record whose checksum is
    /// false), `log-damaged` (no record where one should begin; reading goes on at the next), `log-truncated` (the last
    /// record is cut off, as in a run that still writes), `log-record` (a record that is no event), `log-large` (a record
    /// of more than 256 MiB), `log-given-up` and `log-unreadable`.
    ///
    /// Memory: that of the result, 24 bytes a scalar, and at most a third more while it grows.
    ///
    /// - Parameters:
    ///   - path: a folder, whatever its depth, or an event file.
    ///   - threads: at most so many at once; where nil, as many as the machine runs. The result is the same.
    /// - Throws: ``TableError/unreadable(file:code:)`` for the path itself, and
    ///   ``TableError/eventFolders(_:folder:)`` where it has no event file, or more than a million entries.
    public static func runs(in path: String, threads: Int? = nil) throws(TableError) -> [RunLog] {
        guard EventFolders.isFolder(path) else {
            var series = EventSeries()
            do { try series.read(file: path) } catch {
                guard case .changed = error else { throw error }
                series.note(error, file: path)
            }
            return [series.finished(name: name(ofFolderOf: path), source: path)]
        }
        let folders = try EventFolders(below: path)
        guard !folders.runs.isEmpty else { throw .eventFolders(.empty, folder: path) }
        var runs = read(folders.runs, top: path, threads: threads ?? vm_processors())
        runs[0].notices = folders.notices + runs[0].notices
        return runs
    }

    /// The run in these event files, whose series are put one behind the other in the order of the files.
    ///
    /// A file that cannot be read is a notice.
    package static func run(of files: [String], name: String, source: String) -> RunLog {
        var series = EventSeries()
        for file in files {
            do { try series.read(file: file) } catch { series.note(error, file: file) }
        }
        return series.finished(name: name, source: source)
    }

    private static func read(_ folders: [EventFolders.Run], top: String, threads: Int) -> [RunLog] {
        [RunLog](unsafeUninitializedCapacity: folders.count) { runs, count in
            // Each piece writes its own place, and all have ended when the call returns.
            let context = Context(folders: folders, top: top, runs: runs)
            withUnsafePointer(to: context) { pointer in
                _ = vm_for_each_piece(
                    folders.count, max(1, threads), UnsafeMutableRawPointer(mutating: pointer)
                ) { raw, _, piece, _ in
                    raw.assumingMemoryBound(to: Context.self).pointee.read(piece)
                    return 0
                }
            }
            count = folders.count
        }
    }

    private struct Context {
        let folders: [EventFolders.Run]
        let top: String
        let runs: UnsafeMutableBufferPointer<RunLog>

        func read(_ piece: Int) {
            let folder = folders[piece]
            let name = folder.path.isEmpty ? TensorBoard.name(of: top) : folder.path.joined(separator: "/")
            runs.initializeElement(at: piece, to: run(of: folder.files, name: name, source: folder.folder))
        }
    }

    // The last part of a path, of `.` and `..` that of the folder which they mean.
    private static func name(of path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        guard last == "." || last == "..", let whole = realpath(path, nil) else { return last }
        defer { free(whole) }
        return String(cString: whole).split(separator: "/").last.map(String.init) ?? last
    }

    private static func name(ofFolderOf file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return name(of: ".") }
        return name(of: slash == file.startIndex ? "/" : String(file[..<slash]))
    }
}
