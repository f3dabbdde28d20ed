import Traffic

/// Whose records are shown.
public enum Selection: Hashable, Sendable {
  case all
  case socket(SocketID)
}
