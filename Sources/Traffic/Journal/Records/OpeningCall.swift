/// The call that failed where a socket could not be opened, by the name of the C function.
public enum OpeningCall: UInt32, CaseIterable, Sendable {
  case socket, bind, listen, connect, getaddrinfo, setsockopt

  public init?(name: String) {
    guard let call = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
    self = call
  }
}
