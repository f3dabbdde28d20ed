/// Cuts both ways of one socket's stream into messages, as the bytes come. No byte is kept but what a message
/// cut in two needs: a part of its header.
///
/// A value: a copy is a checkpoint, and goes on at `position(of:)`. The same bytes give the same messages,
/// whatever the pieces are that they come in. Where the ways know of each other (HTTP), a request has to come
/// before its response.
public struct MessageCutter: Sendable {
  public let framing: Framing
  private var received: WayCutter?
  private var sent: WayCutter?
  private var exchange = HTTPExchange()

  /// - Parameters:
  ///   - offset: where the framing begins, in each way.
  ///   - isBoundary: false if a message may have begun before.
  public init(_ framing: Framing, from offset: (Direction) -> Int64 = { _ in 0 }, isBoundary: Bool = true) {
    self.framing = framing
    received = WayCutter(framing, .received, from: offset(.received), isBoundary: isBoundary)
    sent = WayCutter(framing, .sent, from: offset(.sent), isBoundary: isBoundary)
    if !isBoundary { exchange.forget() }
  }

  /// The offset of the next byte that is to come.
  public func position(of way: Direction) -> Int64 { cutter(of: way)?.position ?? 0 }

  /// The message that is not complete yet, as far as it has come, and where it will end if it has said so.
  public func unfinished(_ way: Direction) -> (message: FramedMessage, end: Int64?)? {
    cutter(of: way)?.unfinished
  }

  /// Takes the next piece, and appends the messages that it completes: at most one a byte, and two more.
  /// - Parameters:
  ///   - offset: of its first byte. What was taken before is passed over; what lies between is evicted, which an
  ///     empty piece tells as well.
  ///   - time: when it was there, never before that of the piece before it.
  public mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ way: Direction, at offset: Int64, time: Nanoseconds,
    into messages: inout [FramedMessage]
  ) {
    switch way {
    case .received: received?.take(bytes, at: offset, time: time, &exchange, &messages)
    case .sent: sent?.take(bytes, at: offset, time: time, &exchange, &messages)
    }
  }

  /// Says that no byte came after the last one up to a time: a gap ends a message before the next one begins.
  public mutating func idle(_ way: Direction, until time: Nanoseconds, into messages: inout [FramedMessage]) {
    switch way {
    case .received: received?.idle(time, &exchange, &messages)
    case .sent: sent?.idle(time, &exchange, &messages)
    }
  }

  /// Says that no more will come, and appends what is left over, if anything.
  /// - Parameter isClean: it was an end of stream, and no reset.
  public mutating func end(_ way: Direction, isClean: Bool, into messages: inout [FramedMessage]) {
    switch way {
    case .received: received?.end(isClean: isClean, &exchange, &messages)
    case .sent: sent?.end(isClean: isClean, &exchange, &messages)
    }
  }

  private func cutter(of way: Direction) -> WayCutter? {
    switch way {
    case .received: received
    case .sent: sent
    }
  }
}

extension Framing {
  /// What cuts one way of it; nil where nothing is cut.
  func cutter(from offset: Int64) -> (any Cutter)? {
    switch self {
    case .unframed: nil
    case .fixed(let size): FixedCutter(size, from: offset)
    case .delimiter(let bytes): DelimiterCutter(bytes)
    case .length(let prefix): HeaderCutter(LengthHeader(prefix))
    case .varint(let prefix): HeaderCutter(VarintHeader(prefix))
    case .slip: SlipCutter()
    case .cobs: CobsCutter()
    case .gap(let length): GapCutter(length)
    case .json: JSONCutter()
    case .http: HTTPCutter(takesFrames: false)
    case .tls: HeaderCutter(TLSHeader())
    case .webSocket: HTTPCutter(takesFrames: true)
    case .resp: RESPCutter()
    case .modbus: HeaderCutter(ModbusHeader())
    case .mqtt: HeaderCutter(MQTTHeader())
    }
  }
}
