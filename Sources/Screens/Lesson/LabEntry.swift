/// A lesson or a lab that ships, as a list offers it.
public struct LabEntry: Sendable, Hashable {
  public var name: String
  /// What it asks, in one line.
  public var question: String
  public var isLesson: Bool
  /// What was done of it, in words; empty where nothing was.
  public var done: String

  public init(name: String, question: String, isLesson: Bool, done: String) {
    (self.name, self.question, self.isLesson, self.done) = (name, question, isLesson, done)
  }
}
