/// Why messages cannot be cut as was asked for.
public enum ShakeMistake: Error, Sendable, Equatable {
  case empty
  /// One byte has no inside.
  case nothingToCut(bytes: Int)
  case tooLong(bytes: Int64)
  case tooMany(Int)
  /// No message has an inside there.
  case outside(Int, longest: Int)
  case edgesWithoutFraming
  /// `close`, `reset`, a flag: what a message is not made of.
  case notBytes(String)
  /// Why a recording has no dialogue.
  case notRecorded(String)

  /// Bytes of a dialogue.
  public static let longest = 16 << 20

  public var sentence: String {
    switch self {
    case .empty: "the message is empty: there is nothing to cut"
    case .nothingToCut(let bytes):
      "a message of \(bytes) byte\(bytes == 1 ? "" : "s") cannot be cut: it takes two"
    case .tooLong(let bytes):
      "\(bytes) bytes are to be sent on each connection; up to \(Self.longest) can be shaken"
    case .tooMany(let count):
      "\(count) ways to cut are more than \(CutPlan.most): --cuts every N, random N or edges takes fewer"
    case .outside(let offset, let longest):
      "--cuts at \(offset): a cut lies after byte 1 to \(longest - 1) of the longest message"
    case .edgesWithoutFraming: "--cuts edges: the edges are those of a framing's tokens; name it with --frame"
    case .notRecorded(let reason): reason
    case .notBytes(let word):
      "\(word): what is shaken are bytes; a burst for it has payloads, `wait` and a `shutdown` at its end"
    }
  }
}
