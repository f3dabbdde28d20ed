import Foundation

/// Programs of others from PyPI, in a virtual environment that is made once and kept beside the build.
enum PythonPackages {
  private static let wanted = ["pymodbus==3.16.1", "websockets==17.4"]

  /// The environment's python3.
  static let python = Result { try make() }

  private static func make() throws -> String {
    let folder = Program.tree + "/.build/test-python"
    let (python, mark) = (folder + "/bin/python3", folder + "/packages")
    let list = wanted.joined(separator: "\n")
    if (try? String(contentsOfFile: mark, encoding: .utf8)) == list { return python }
    try? FileManager.default.removeItem(atPath: folder)
    for command in [
      ["python3", "-m", "venv", folder],
      [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"] + wanted,
    ] {
      let outcome = try Child(command).wait(within: 120)
      guard outcome.exitCode == 0 else {
        throw HarnessError("\(command.joined(separator: " ")): \(outcome.errorText)\(outcome.text)")
      }
    }
    try list.write(toFile: mark, atomically: true, encoding: .utf8)
    return python
  }
}
