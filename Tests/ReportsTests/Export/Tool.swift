import Foundation

/// A program of the system, run to its end.
enum Tool {
  struct Failure: Error {
    let words: [String]
    let said: String
  }

  static func isThere(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// - Returns: what it has printed.
  @discardableResult
  static func run(_ words: String...) throws -> String { try run(words) }

  @discardableResult
  static func run(_ words: [String]) throws -> String {
    let process = Process()
    guard let path = path(words[0]) else { throw Failure(words: words, said: "it is not there") }
    process.executableURL = URL(filePath: path)
    process.arguments = Array(words.dropFirst())
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(words: words, said: String(decoding: said, as: UTF8.self))
    }
    return String(decoding: printed, as: UTF8.self)
  }
}
