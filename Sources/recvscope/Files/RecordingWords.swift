import CLinux
import Glibc
import Labs
import Recordings
import Screens
import Traffic

extension RecordingOrigin {
  /// This program, as it was called, on this kernel.
  static func here(_ lab: Lab) -> RecordingOrigin {
    var name = utsname()
    uname(&name)
    func text<Field>(_ field: Field) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return RecordingOrigin(
      program: recvscopeVersion, kernel: "\(text(name.sysname)) \(text(name.release))",
      command: CommandLine.arguments.joined(separator: " "),
      lab: lab.lines.map(\.text).joined(separator: "\n"))
  }
}

extension LabRunner {
  /// Ends what is being recorded, and says what is missing in it.
  /// - Returns: the exit status; 1 if it was to be 0 and something is missing.
  func endRecording(status: Int32) -> Int32 {
    guard case .failure(let failure) = endRecording() else { return status }
    return max(status, StandardError.say(SafeText.string(failure.description), status: 1))
  }
}
