/// Names one socket of a run: its place in the journal's table of sockets.
public struct SocketID: Hashable, Sendable {
  public let value: UInt32

  public init(_ value: UInt32) { self.value = value }

  /// The id of a record that concerns no socket: the start of the run, a mark.
  public static let none = SocketID(.max)

  /// What stands for the name of a socket of which nothing is known any more, `#17`: no socket can be named so.
  public var placeholder: String { self == .none ? "" : "#\(value)" }
}
