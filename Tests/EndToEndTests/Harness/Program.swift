import Foundation

/// The built program, as a user starts it.
enum Program {
  /// `RECVSCOPE` of the environment, or what lies beside the test bundle.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["RECVSCOPE"], !path.isEmpty { return path }
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("recvscope").path
  }()

  /// The source tree: labs, themes, README.
  static let tree = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func start(_ arguments: [String], input: Child.Input = .nothing, folder: String? = nil) throws
    -> Child
  {
    try Child([path] + arguments, input: input, folder: folder)
  }

  /// Runs it to its end.
  static func run(
    _ arguments: [String], input: Child.Input = .nothing, folder: String? = nil, within seconds: Double = 60
  ) throws -> Outcome {
    try start(arguments, input: input, folder: folder).wait(within: seconds)
  }

  /// Runs lab lines with `--json`.
  static func lab(_ lines: String..., options: [String] = []) throws -> Outcome {
    try run(["run", "--json"] + options + lines.flatMap { ["-e", $0] })
  }
}
