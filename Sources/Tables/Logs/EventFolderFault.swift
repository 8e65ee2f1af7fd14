// What can be wrong with a folder that is searched for event files: the facts, and their words.

extension TableError {
    /// What can be wrong with a folder of event files.
    public enum EventFolderFault: Equatable, Sendable {
        /// No event file in it or below it.
        case empty
        /// Folders within folders, more levels than the limit.
        case deep(limit: Int)
        /// More files and folders than the limit.
        case huge(limit: Int)
    }

    static func words(for fault: EventFolderFault, _ folder: String) -> String {
        switch fault {
        case .empty:
            """
            '\(word(folder))' has no event file of TensorBoard
              help: their names have tfevents in them; look for them: find\(argument(folder)) -name '*tfevents*'
            """
        case .deep(let limit):
            """
            '\(word(folder))' has folders in folders, more than \(limit) levels of them
              help: give the folder of the runs itself
            """
        case .huge(let limit):
            """
            '\(word(folder))' has more than \(limit) files and folders
              help: give the folder of the runs itself, or one run after the other
            """
        }
    }
}
