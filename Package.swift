// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "recvscope",
  products: [
    .executable(name: "recvscope", targets: ["recvscope"]),
    .library(name: "recvscopesql", type: .dynamic, targets: ["SQLiteExtension"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .target(name: "CLinux", cSettings: strictC),
    .target(
      name: "CTerminal", cSettings: strictC,
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CRecording", cSettings: strictC,
      linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("zstd")]),
    .target(name: "CToml", cxxSettings: [.treatAllWarnings(as: .error)]),
    .target(
      name: "Traffic",
      dependencies: [
        systemPackage,
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(
      name: "Sockets", dependencies: ["Traffic", "CLinux", systemPackage], swiftSettings: strict),
    .target(name: "CTracing", cSettings: strictC),
    .target(
      name: "Watching", dependencies: ["Traffic", "CLinux", "CTracing", systemPackage],
      swiftSettings: strict),
    .target(
      name: "Recordings", dependencies: ["Traffic", "CLinux", "CRecording", systemPackage],
      swiftSettings: strict),
    .target(
      name: "SQLiteExtension", dependencies: ["Recordings", "CRecording"], swiftSettings: strict),
    .target(name: "Wire", dependencies: ["Traffic", "CLinux", systemPackage], swiftSettings: strict),
    .target(
      name: "Labs",
      dependencies: [
        "Traffic", "Sockets", "Watching", "Wire", "Recordings", "Reports", "CLinux", systemPackage,
      ],
      swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Traffic"], swiftSettings: strict),
    .target(name: "Screens", dependencies: ["Traffic", "Reports", "CToml"], swiftSettings: strict),
    .executableTarget(
      name: "recvscope",
      dependencies: [
        "Traffic", "Sockets", "Labs", "Recordings", "Reports", "Screens", "CLinux", "CTerminal",
        systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "framings", dependencies: ["Traffic"], path: "Benchmarks/Framings", swiftSettings: strict),
    .target(name: "Fuzzing", path: "Tests/Fuzzing", swiftSettings: strict),
    .testTarget(
      name: "TrafficTests", dependencies: ["Traffic", "Fuzzing", systemPackage],
      exclude: ["Fuzz/bursts.corpus", "Fuzz/filters.corpus", "Fuzz/lines.corpus"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Traffic", systemPackage], exclude: ["Expected"],
      swiftSettings: strict),
    .target(
      name: "Staging", dependencies: ["Labs", "Sockets", "Traffic", "CLinux"], path: "Tests/Staging",
      swiftSettings: strict),
    .testTarget(
      name: "SocketsTests",
      dependencies: ["Sockets", "Staging", "Fuzzing", "Traffic", "CLinux", systemPackage],
      exclude: ["Fuzz/memory.corpus"], swiftSettings: strict),
    .testTarget(
      name: "WatchingTests", dependencies: ["Watching", "Traffic", "CLinux", systemPackage],
      exclude: ["Programs"], swiftSettings: strict),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", "Staging", "Labs", "Traffic"], swiftSettings: strict),
    .testTarget(
      name: "RecordingsTests",
      dependencies: ["Recordings", "CRecording", "Traffic", "Fuzzing", systemPackage],
      swiftSettings: strict),
    .testTarget(
      name: "LabsTests", dependencies: ["Labs", "Reports", "Sockets", "Staging", "Traffic"],
      swiftSettings: strict),
    .testTarget(
      name: "ScreensTests", dependencies: ["Screens", "Traffic", "Fuzzing"],
      exclude: [
        "Screens", "Fuzz/config.corpus", "Fuzz/theme.corpus", "Fuzz/bursts.corpus", "Fuzz/history.corpus",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Traffic"], exclude: ["RelayEndings.py", "ShakeTargets"],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
