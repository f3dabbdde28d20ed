/// A direction of a relayed connection.
public enum Way: String, CaseIterable, Sendable {
  /// From the client to the target.
  case up
  /// From the target to the client.
  case down
}
