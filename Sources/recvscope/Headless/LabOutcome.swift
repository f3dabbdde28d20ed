import Sockets
import Traffic

/// How a lab ended.
struct LabOutcome: Sendable {
  /// What made it stop before its last line.
  struct Failure: Sendable {
    var line: Lab.Line?
    var failure: CommandFailure

    /// The exit status of the contract.
    var status: Int32 {
      switch failure {
      case .open: 3
      case .refused: 2
      case .timedOut, .unexpected: 1
      }
    }

    /// What happened, and in which line.
    func message(in file: String?) -> String {
      guard let line, file != nil || line.number > 1 else { return failure.message }
      return "\(file ?? "-e"):\(line.number): \(failure.message)\n  \(line.text)"
    }
  }

  var failure: Failure?
  /// An `expect` did not hold; the lab went on.
  var isUnexpected = false

  var status: Int32 { failure?.status ?? (isUnexpected ? 1 : 0) }
}
