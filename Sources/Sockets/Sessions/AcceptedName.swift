/// The name of a connection that a listener accepted: `server.2` is the second of `server`.
public struct AcceptedName: Sendable, Equatable {
  public let listener: String
  /// From 1.
  public let number: Int

  /// Nil for every other name.
  public init?(_ name: String) {
    guard let dot = name.lastIndex(of: "."), let number = Int(name[name.index(after: dot)...]) else {
      return nil
    }
    self.init(listener: String(name[..<dot]), number: number)
    // Not `server.02`.
    if number < 1 || text != name { return nil }
  }

  init(listener: String, number: Int) {
    self.listener = listener
    self.number = number
  }

  var text: String { "\(listener).\(number)" }
}
