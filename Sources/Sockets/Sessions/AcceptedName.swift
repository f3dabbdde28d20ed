import Traffic

/// The name of a connection that a listener accepted: `server.2` is the second of `server`; or of a relay's pair, `relay.2`,
/// and of its two sockets, `relay.2.client` and `relay.2.target`.
public struct AcceptedName: Sendable, Equatable {
  public let listener: String
  /// From 1.
  public let number: Int
  /// Which socket of a pair it is; nil for a connection, or the pair.
  public var end: RelayEnd?

  /// Nil for every other name.
  public init?(_ name: String) {
    let end = RelayEnd.allCases.first { name.hasSuffix(".\($0.rawValue)") }
    let base = end.map { String(name.dropLast($0.rawValue.count + 1)) } ?? name
    guard let dot = base.lastIndex(of: "."), let number = Int(base[base.index(after: dot)...]) else {
      return nil
    }
    self.init(listener: String(base[..<dot]), number: number, end: end)
    // Not `server.02`.
    if number < 1 || text != name { return nil }
  }

  init(listener: String, number: Int, end: RelayEnd? = nil) {
    self.listener = listener
    self.number = number
    self.end = end
  }

  var text: String { "\(listener).\(number)\(end.map { ".\($0.rawValue)" } ?? "")" }
}
