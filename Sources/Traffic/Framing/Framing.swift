/// How the bytes of a stream are cut into messages.
public enum Framing: Sendable, Hashable {
  /// Not at all.
  case unframed
  /// So many bytes each, counted from where the framing begins.
  case fixed(Int)
  /// Up to these bytes, at least one.
  case delimiter([UInt8])
  case length(LengthPrefix)
  case varint(VarintPrefix)
  /// Frames that end with 0xc0 (RFC 1055).
  case slip
  /// Frames that end with a zero byte (Cheshire and Baker 1999).
  case cobs
  /// What comes without a pause of this length.
  case gap(Nanoseconds)
  /// JSON values one after another (RFC 8259), with or without white space between them.
  case json
  /// HTTP/1.1 (RFC 9112), both ways together, and what follows an upgrade to WebSocket.
  case http
  /// TLS records (RFC 8446).
  case tls
  /// WebSocket frames (RFC 6455), from the first byte on or after the HTTP upgrade.
  case webSocket
  /// The values of RESP2 and RESP3, as Redis speaks them.
  case resp
  /// Modbus/TCP.
  case modbus
  /// MQTT control packets.
  case mqtt
}

extension Framing {
  /// The words of the delimiters that have a name.
  static let namedDelimiters: [(word: String, bytes: [UInt8])] = [
    ("newline", [0x0a]), ("crlf", [0x0d, 0x0a]), ("nul", [0x00]),
  ]

  /// The framing as text that reads as the same framing.
  public var text: String {
    switch self {
    case .unframed: "none"
    case .fixed(let size): "fixed \(SizeText.text(size))"
    case .delimiter(let bytes):
      Self.namedDelimiters.first { $0.bytes == bytes }?.word ?? "delimiter \(EscapedText.literal(bytes))"
    case .length(let prefix): prefix.text
    case .varint(let prefix): prefix.text
    case .slip: "slip"
    case .cobs: "cobs"
    case .gap(let length): "gap \(DurationText.text(length))"
    case .json: "json"
    case .http: "http"
    case .tls: "tls"
    case .webSocket: "websocket"
    case .resp: "resp"
    case .modbus: "modbus"
    case .mqtt: "mqtt"
    }
  }
}
