// TensorBoard's event files, as they lie in the folders of runs.

extension RunLogFormat {
    /// A folder with event files of TensorBoard; see ``TensorBoard``.
    public static let tensorBoard = RunLogFormat(
        name: "TensorBoard", summary: "folders with event files, events.out.tfevents.…",
        claims: { folder in Set(folder.files.filter { $0.contains("tfevents") }) },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            let files = folder.files.filter { $0.contains("tfevents") }.map(folder.path(of:))
            return [TensorBoard.run(of: files, name: folder.name, source: folder.path)]
        },
        confidence: { $0.name.contains("tfevents") ? 2 : 0 },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in try TensorBoard.runs(in: file.path) })
}
