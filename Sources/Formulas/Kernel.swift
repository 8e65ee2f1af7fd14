// The operations of a program as pointers to the kernels of VectorMath.

import VectorMath

/// How wide the arithmetic runs. Every level gives the same bits; only the speed differs.
public enum VectorLevel: String, Sendable, CaseIterable {
    case portable, avx2, avx512

    /// The widest level of this processor.
    public static var best: VectorLevel { allCases.last { $0.isSupported } ?? .portable }

    /// Whether this processor can run it; an unsupported level runs as `portable`.
    public var isSupported: Bool { vm_level_supported(imported) != 0 }

    package var kernels: vm_kernels { vm_kernels_at(imported).pointee }

    private var imported: vm_level {
        switch self {
        case .portable: .portable
        case .avx2: .avx2
        case .avx512: .avx512
        }
    }
}

/// A kernel by the shape of its operands: V a column, S a number.
enum Kernel {
    typealias Unary = vm_v

    case unary(vm_v)
    case vv(vm_vv)
    case vs(vm_vs)
    case sv(vm_sv)
    case select(vm_vvv)
    case multiplyAdd(vm_vsv)
    case fill(vm_fill)
    /// The value of an indexed parameter family that each row's label chooses.
    case gather(family: Int)
    /// The root of an equation: the loop that finds it.
    case root(loop: Int)

    /// The kernels of a two-operand operation for its three shapes; `sv` is nil where the operands commute.
    static func binary(_ operation: Graph.Operation, _ kernels: vm_kernels) -> (vv: vm_vv, vs: vm_vs, sv: vm_sv?) {
        switch operation {
        case .add: (kernels.add_vv, kernels.add_vs, nil)
        case .subtract: (kernels.subtract_vv, kernels.subtract_vs, kernels.subtract_sv)
        case .multiply: (kernels.multiply_vv, kernels.multiply_vs, nil)
        case .divide: (kernels.divide_vv, kernels.divide_vs, kernels.divide_sv)
        case .power: (kernels.power_vv, kernels.power_vs, kernels.power_sv)
        case .minimum: (kernels.minimum_vv, kernels.minimum_vs, nil)
        case .maximum: (kernels.maximum_vv, kernels.maximum_vs, nil)
        case .less: (kernels.less_vv, kernels.less_vs, kernels.less_sv)
        case .lessOrEqual: (kernels.less_equal_vv, kernels.less_equal_vs, kernels.less_equal_sv)
        case .equal: (kernels.equal_vv, kernels.equal_vs, nil)
        default: preconditionFailure("\(operation) has no two operands")
        }
    }
}
