/// What stands where in a message, by its framing.
public enum MessageTokens {
  /// The messages that a framing finds, and what is left over; none without a framing.
  public static func tokens(of bytes: [UInt8], as framing: Framing?) -> [MessageToken] {
    guard let framing else { return [] }
    var cutter = MessageCutter(framing)
    var messages: [FramedMessage] = []
    bytes.withUnsafeBytes { cutter.take($0, .sent, at: 0, time: 0, into: &messages) }
    var tokens = messages.map {
      MessageToken(Int($0.range.lowerBound)..<Int($0.range.upperBound), "message \($0.number)")
    }
    let end = tokens.last?.range.upperBound ?? 0
    if end < bytes.count { tokens.append(MessageToken(end..<bytes.count, "rest")) }
    return tokens
  }

  /// The words for a cut.
  public static func place(_ offset: Int, in tokens: [MessageToken]) -> String {
    guard let token = tokens.first(where: { $0.range.contains(offset) }) else { return "" }
    return token.range.lowerBound == offset ? "before \(token.name)" : "inside \(token.name)"
  }
}
