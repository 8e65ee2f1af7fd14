// swift-tools-version: 6.2
import PackageDescription

// Seconds, bytes and digits of the library beside its peers in Python: `./run` prints all tables. See
// docs/benchmarks.md. A package of its own, so that nothing here is built or run with the library.
let package = Package(
    name: "AllometryBenchmarks",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "Allometry", path: "..")],
    targets: [
        .executableTarget(
            name: "AllometryBenchmarks", dependencies: [.product(name: "Allometry", package: "Allometry")])
    ]
)
