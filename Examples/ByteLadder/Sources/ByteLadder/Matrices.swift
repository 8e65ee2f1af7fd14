import LadderKernels

/// Which routine multiplies matrices, for the whole process.
public enum Matrices {
    /// The system's BLAS if one is found, else the built-in kernel.
    case automatic
    case builtIn
    /// A library by name or path.
    case library(String)

    /// Makes the choice and returns its name.
    @discardableResult
    public func use() throws(LadderError) -> String {
        switch self {
        case .automatic: if ladder_find_blas(nil) == 0 { ladder_use_blas() } else { ladder_use_builtin() }
        case .builtIn: ladder_use_builtin()
        case .library(let path):
            guard ladder_find_blas(path) == 0 else { throw .noMatrixLibrary(path) }
            ladder_use_blas()
        }
        return String(cString: ladder_matrix_path())
    }
}
