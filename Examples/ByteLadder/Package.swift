// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
    name: "ByteLadder",
    products: [.executable(name: "byte-ladder", targets: ["byte-ladder"])],
    targets: [
        .target(
            name: "LadderKernels",
            linkerSettings: [.linkedLibrary("m"), .linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "ByteLadder", dependencies: ["LadderKernels"], swiftSettings: strict),
        .executableTarget(name: "byte-ladder", dependencies: ["ByteLadder"], swiftSettings: strict),
        .testTarget(name: "ByteLadderTests", dependencies: ["ByteLadder", "LadderKernels"], swiftSettings: strict),
    ]
)
