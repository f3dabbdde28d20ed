/// What is worth saying about a message that can be cut out all the same.
public struct MessageNotes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A line of HTTP ends with LF alone.
  public static let bareLF = MessageNotes(rawValue: 1 << 0)
  public static let chunkExtension = MessageNotes(rawValue: 1 << 1)
  /// Both Content-Length and Transfer-Encoding are there; the second one counts (RFC 9112, 6.3).
  public static let lengthAndChunked = MessageNotes(rawValue: 1 << 2)
  /// A field goes on in the next line (RFC 9112, 5.2).
  public static let obsFold = MessageNotes(rawValue: 1 << 3)
  /// The request of a response is not known: it is read as the answer to a GET.
  public static let assumedGet = MessageNotes(rawValue: 1 << 4)
  /// It follows a CONNECT whose answer is not known: it is read as what the tunnel carries.
  public static let assumedTunnel = MessageNotes(rawValue: 1 << 5)
  /// A string of JSON is no UTF-8.
  public static let invalidUTF8 = MessageNotes(rawValue: 1 << 6)
  /// A string of JSON holds a control character that is not escaped.
  public static let controlCharacter = MessageNotes(rawValue: 1 << 7)
  /// It nests deeper than is followed.
  public static let tooDeep = MessageNotes(rawValue: 1 << 8)
  /// More frames of the same WebSocket message follow.
  public static let fragment = MessageNotes(rawValue: 1 << 9)
  /// A WebSocket message that is compressed (RFC 7692).
  public static let compressed = MessageNotes(rawValue: 1 << 10)

  private static let all: [(note: MessageNotes, word: String)] = [
    (.bareLF, "bare-lf"), (.chunkExtension, "chunk-extension"), (.lengthAndChunked, "length-and-chunked"),
    (.obsFold, "obs-fold"), (.invalidUTF8, "invalid-utf-8"), (.controlCharacter, "control-character"),
    (.tooDeep, "too-deep"), (.fragment, "fragment"), (.compressed, "compressed"),
  ]

  /// The words of all but what is assumed.
  public var words: [String] { Self.all.filter { contains($0.note) }.map(\.word) }

  /// What was taken to be so without being known; nil if nothing was.
  public var assumed: String? {
    contains(.assumedGet) ? "GET" : contains(.assumedTunnel) ? "tunnel" : nil
  }
}
