import Traffic

/// How a lab ended.
public struct LabOutcome: Sendable {
  /// What made it stop before its last line.
  public struct Failure: Sendable {
    public var line: Lab.Line?
    public var failure: CommandFailure

    public init(line: Lab.Line?, failure: CommandFailure) { (self.line, self.failure) = (line, failure) }

    /// The exit status of the contract.
    public var status: Int32 {
      switch failure {
      case .open, .notCaptured: 3
      case .refused: 2
      case .timedOut, .unexpected: 1
      case .unsteady: 4
      }
    }

    /// Characters of a line that are shown: enough to know it again.
    private static let longest = 160

    /// What happened, and in which line. Names and texts in it are made safe: what breaks a line in them breaks none here.
    public func message(in file: String?) -> String {
      guard let line, file != nil || line.number > 1 else { return SafeText.string(failure.message) }
      let text = line.text.count > Self.longest ? "\(line.text.prefix(Self.longest))…" : line.text
      let message = SafeText.string(failure.message)
      return "\(SafeText.string(file ?? "-e")):\(line.number): \(message)\n  \(SafeText.string(text))"
    }
  }

  public var failure: Failure?
  /// An `expect` or a `reveal` did not hold; the lab went on.
  public var isUnexpected = false
  /// Somebody wanted no more of it: it ended where it was.
  public var isLeft = false

  public var status: Int32 { failure?.status ?? (isUnexpected ? 1 : 0) }
}
