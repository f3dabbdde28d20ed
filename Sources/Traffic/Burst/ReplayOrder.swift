/// What a recorded socket sent is to go out again.
public struct ReplayOrder: Sendable, Equatable {
  /// How long an answer is waited for unless something else is said.
  public static let usualLimit: Nanoseconds = 10_000_000_000

  /// The recording.
  public var file: String
  /// A socket in it.
  public var socket: String
  /// `received`: what its peer sent goes out again, in the pieces in which it was received, and what it sent was the answer.
  public var direction = Direction.sent
  /// Before a send goes out as much must have been received as had been then.
  public var waits = false
  /// How long such an answer is waited for, and the last one in any case.
  public var limit = ReplayOrder.usualLimit

  public init(file: String, socket: String) { (self.file, self.socket) = (file, socket) }

  /// Reads `FILE:SOCKET`.
  public init?(parsing text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      text.index(after: colon) < text.endIndex
    else { return nil }
    self.init(file: String(text[..<colon]), socket: String(text[text.index(after: colon)...]))
  }

  /// As it is written, for people.
  public var text: String { "\(file):\(socket)" }
}
