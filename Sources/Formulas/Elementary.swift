// Elementary functions of one number, so that no other file needs the C library's module, whose name differs
// between systems.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import VectorMath

/// Functions of single numbers. `exp` and `ln` are those of the column machine and give its bits.
package enum Elementary {
    package static func exp(_ x: Double) -> Double { one(VectorLevel.portable.kernels.exponential, x) }
    package static func ln(_ x: Double) -> Double { one(VectorLevel.portable.kernels.logarithm, x) }
    package static func log10(_ x: Double) -> Double { one(VectorLevel.portable.kernels.log10, x) }
    package static func log1p(_ x: Double) -> Double { one(VectorLevel.portable.kernels.log1p, x) }

    package static func cosine(_ x: Double) -> Double { one(VectorLevel.portable.kernels.cosine, x) }

    /// The angle from 0 to π with the cosine x, for −1 ≤ x ≤ 1: 2 atan √((1 − x)/(1 + x)).
    package static func arccosine(_ x: Double) -> Double {
        if x <= -1 { return Double.pi }
        return 2 * one(VectorLevel.portable.kernels.arctangent, ((1 - min(x, 1)) / (1 + x)).squareRoot())
    }

    package static func power(_ x: Double, _ y: Double) -> Double {
        var (result, x) = (0.0, x)
        VectorLevel.portable.kernels.power_vs(&result, &x, y, 1)
        return result
    }

    /// ln |Γ(x)|, by the C library.
    package static func logGamma(_ x: Double) -> Double { lgamma(x) }
    /// The complementary error function, by the C library.
    package static func complementaryError(_ x: Double) -> Double { erfc(x) }

    private static func one(_ kernel: vm_v, _ x: Double) -> Double {
        var (result, x) = (0.0, x)
        kernel(&result, &x, 1)
        return result
    }
}
