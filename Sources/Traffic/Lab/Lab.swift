/// A scenario: the commands of a file, or of `-e` lines, in order.
public struct Lab: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    /// Line number in its source, from 1.
    public var number: Int
    /// The line as it was written, without its comment.
    public var text: String
    public var command: Command

    public init(number: Int, text: String, command: Command) {
      self.number = number
      self.text = text
      self.command = command
    }
  }

  public var lines: [Line]

  public init(lines: [Line] = []) { self.lines = lines }
}
