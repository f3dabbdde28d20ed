/// An address as a user writes it; what it means is found out when the socket is opened.
public enum AddressText: Sendable, Equatable {
  /// A host (a name, an IPv4 or IPv6 address; nil is every interface) and a port.
  case inet(host: String?, port: UInt16)
  /// A path in the file system, for a Unix socket.
  case path(String)
  /// An abstract Unix name, without its `@`.
  case abstract(String)
  /// The address of a session of this run, by its name.
  case session(String)
}
