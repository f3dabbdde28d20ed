/// What a reader would have made of a stream that takes one recv() for one message: everybody's first, and the one that breaks.
public struct NaiveReader: Sendable, Equatable {
  /// recv() calls that returned bytes.
  public private(set) var receives = 0
  /// Those that returned one whole message and nothing else.
  public private(set) var right = 0
  /// Those that began or ended inside a message.
  public private(set) var halves = 0
  /// Those that returned several messages, or parts of several.
  public private(set) var stuck = 0
  private var isInside = false

  public init() {}

  /// - Parameters:
  ///   - completed: messages whose last byte the call returned.
  ///   - endsInside: the last byte that it returned is not the last of a message.
  mutating func count(completed: Int, endsInside: Bool) {
    receives += 1
    if isInside || endsInside { halves += 1 }
    if completed + (endsInside ? 1 : 0) > 1 { stuck += 1 }
    if completed == 1, !isInside, !endsInside { right += 1 }
    isInside = endsInside
  }

  /// The same in few words; empty where nothing was received.
  public var summary: String {
    if receives == 0 { return "" }
    if right == receives { return "one recv = one message? right \(Units.count(right)) times, by luck" }
    let wrong = "wrong \(Units.count(receives - right)) of \(Units.count(receives)) times"
    let parts = [
      halves > 0 ? "\(Units.count(halves)) half messages" : nil,
      stuck > 0 ? "\(Units.count(stuck)) stuck together" : nil,
    ]
    return "one recv = one message? \(wrong): " + parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// In the words that people look for.
  public var sentence: String {
    if receives == 0 { return "Nothing was received that could be cut into messages." }
    let calls = "\(Units.count(receives)) time\(receives == 1 ? "" : "s")"
    if right == receives {
      return "Each recv returned one message: this time, of \(calls). Nothing promises that."
    }
    return
      "A reader that takes one recv for one message would have been wrong \(Units.count(receives - right)) of \(calls): "
      + "\(Units.count(halves)) with half messages, \(Units.count(stuck)) with messages stuck together."
  }
}
