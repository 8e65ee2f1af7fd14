// swift-tools-version: 6.2
import PackageDescription

// One straight chain: Formulas → Tables → Fitting → Scaling → Reports → Workbench → the command.
// A target imports those before it and never one after.
let package = Package(
    name: "Allometry",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "allometry", targets: ["CommandLineTool"]),
        .executable(name: "coverage", targets: ["CoverageCommand"]),
        .executable(name: "extrapolation", targets: ["ExtrapolationCommand"]),
        .library(
            name: "Allometry",
            targets: ["VectorMath", "Formulas", "Tables", "Fitting", "Scaling", "Reports", "Workbench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .target(name: "VectorMath"),
        .target(name: "Formulas", dependencies: ["VectorMath"]),
        .target(name: "Tables", dependencies: ["Formulas"]),
        .target(name: "Fitting", dependencies: ["Tables"]),
        .target(name: "Scaling", dependencies: ["Fitting"], plugins: ["Embed"]),
        .target(name: "Reports", dependencies: ["Scaling"]),
        .target(name: "Workbench", dependencies: ["Reports"]),
        .executableTarget(
            name: "CommandLineTool",
            dependencies: [
                "Workbench",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/CommandLine"),

        // How often intervals hold the truth, in worlds whose law is known: a command for this repository, no product.
        .target(name: "Coverage", dependencies: ["Fitting"], path: "Coverage/Sources"),
        .executableTarget(
            name: "CoverageCommand",
            dependencies: [
                "Coverage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Coverage/Command"),

        // How far laws can be trusted beyond their runs, on public tables: a command for this repository, no product.
        .target(name: "Extrapolation", dependencies: ["Scaling"], path: "Extrapolation/Sources"),
        .executableTarget(
            name: "ExtrapolationCommand",
            dependencies: [
                "Extrapolation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Extrapolation/Command"),

        // Atlas/ becomes string literals at build time; a new law file is picked up unasked.
        .executableTarget(name: "EmbedTool"),
        .plugin(name: "Embed", capability: .buildTool(), dependencies: ["EmbedTool"]),

        .testTarget(name: "VectorMathTests", dependencies: ["VectorMath"]),
        .testTarget(name: "FormulasTests", dependencies: ["Formulas"]),
        .testTarget(name: "TablesTests", dependencies: ["Tables"]),
        .testTarget(name: "FittingTests", dependencies: ["Fitting"]),
        .testTarget(name: "CoverageTests", dependencies: ["Coverage"]),
        .testTarget(name: "ExtrapolationTests", dependencies: ["Extrapolation"]),
        .testTarget(name: "ScalingTests", dependencies: ["Scaling"]),
        .testTarget(name: "ReportsTests", dependencies: ["Reports"]),
        .testTarget(name: "WorkbenchTests", dependencies: ["Workbench"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["Workbench", "CommandLineTool"], exclude: ["Snapshots"]),
    ]
)
