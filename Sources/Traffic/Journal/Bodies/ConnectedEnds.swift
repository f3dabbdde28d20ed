/// The two ends of a connection that connect(2) made or asked for; the payload of a `connect` record.
public struct ConnectedEnds: RecordBody, Equatable {
  /// The address of getsockname(2); nil where the call failed.
  public var local: String?
  /// The address that was asked for.
  public var peer: String

  public init(local: String?, peer: String) {
    self.local = local
    self.peer = peer
  }

  public init?(from reader: inout BodyReader) {
    guard let local = reader.optionalText(), let peer = reader.text() else { return nil }
    self.init(local: local, peer: peer)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(local)
    writer.write(peer)
  }
}
