/// What a filter may ask for beside the record that it looks at. Nothing is asked for that its expression does not name.
public final class FilterSurroundings {
  /// Sockets whose names are remembered: a power of two.
  private static let places = 64

  private let info: (SocketID) -> SocketInfo?
  let address: (AddressID) -> String
  let origins: (Record) -> [Int]
  /// A record's payload; nil where it is no longer held.
  public var payload: (Record) -> ArraySlice<UInt8>?
  /// For which sockets each `any( )` holds.
  public var sockets: FilterSockets
  /// Names of sockets, which never change, each at the place of its id's end.
  private var names: [(id: SocketID, name: String)]

  /// - Parameters:
  ///   - info: what is known of a socket.
  ///   - address: an address of a record as text.
  ///   - origins: which recv records the bytes of a relay's send came in.
  ///   - payload: of a record; nil where it is no longer held.
  ///   - sockets: for which each `any( )` holds.
  public init(
    info: @escaping (SocketID) -> SocketInfo?, address: @escaping (AddressID) -> String,
    origins: @escaping (Record) -> [Int], payload: @escaping (Record) -> ArraySlice<UInt8>?,
    sockets: FilterSockets
  ) {
    self.info = info
    self.address = address
    self.origins = origins
    self.payload = payload
    self.sockets = sockets
    names = Array(repeating: (.none, ""), count: Self.places)
  }

  /// All of it from a journal. What is known of sockets is asked for once each: these surroundings are for one look.
  public convenience init(_ journal: Journal, _ sockets: FilterSockets) {
    var known: [SocketID: SocketInfo?] = [:]
    self.init(
      info: { id in
        if let info = known[id] { return info }
        let info = journal.socket(id)?.info
        known[id] = .some(info)
        return info
      },
      address: journal.text(of:), origins: journal.origins(of:),
      payload: { journal.payload(of: $0).map { $0[...] } }, sockets: sockets)
  }

  func info(of socket: SocketID) -> SocketInfo? { socket == .none ? nil : info(socket) }

  func name(of socket: SocketID) -> String? {
    if socket == .none { return nil }
    let place = Int(socket.value) & (Self.places - 1)
    if names[place].id == socket { return names[place].name }
    guard let name = info(socket)?.name else { return socket.placeholder }
    names[place] = (socket, name)
    return name
  }

  /// A list of names as the one value that each field has.
  func names(_ sockets: [SocketID]) -> String { sockets.compactMap(name(of:)).joined(separator: ",") }

  func text(_ record: Record) -> String? { payload(record).map { String(decoding: $0, as: UTF8.self) } }

  func body<Body: RecordBody>(_ type: Body.Type, of record: Record) -> Body? {
    payload(record).flatMap { Body(payload: $0) }
  }
}
