/// How the recording stands that is being written.
public struct RecordingSign: Sendable, Equatable {
  /// The file's name, without its folder.
  public var name: String
  /// False if records are missing in it.
  public var isWhole: Bool

  public init(name: String, isWhole: Bool) { (self.name, self.isWhole) = (name, isWhole) }

  var text: String { (isWhole ? "● " : "● incomplete: ") + name.fitted(to: 24) }
}
