/// How the recording stands that is being written.
public struct RecordingSign: Sendable, Equatable {
  public var path: String
  /// False if records are missing in it.
  public var isWhole: Bool

  public init(path: String, isWhole: Bool) { (self.path, self.isWhole) = (path, isWhole) }

  var text: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (isWhole ? "● " : "● incomplete: ") + name.fitted(to: 24)
  }
}
