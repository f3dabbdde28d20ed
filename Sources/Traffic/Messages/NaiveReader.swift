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
  /// Those that returned no byte of any: what stands between them.
  public private(set) var without = 0
  /// Those that did not return one whole message.
  public var wrong: Int { receives - right }
  private var last: Call?

  private struct Call: Equatable {
    var beginsInside: Bool
    /// Messages whose last byte it returned.
    var completed: Int
    var endsInside: Bool
  }

  public init() {}

  /// - Parameters:
  ///   - completed: messages whose last byte the call returned.
  ///   - endsInside: the last byte that it returned is not the last of a message.
  mutating func count(completed: Int, endsInside: Bool) {
    let call = Call(beginsInside: last?.endsInside ?? false, completed: completed, endsInside: endsInside)
    receives += 1
    add(call, 1)
    last = call
  }

  /// A message ended with the last byte that the last call returned, as was not known then.
  mutating func endLast() {
    guard var call = last, call.endsInside else { return }
    add(call, -1)
    (call.completed, call.endsInside) = (call.completed + 1, false)
    add(call, 1)
    last = call
  }

  /// Where the next call begins is not known.
  mutating func loseTrack() { last = nil }

  private mutating func add(_ call: Call, _ count: Int) {
    let isHalf = call.beginsInside || call.endsInside
    if isHalf { halves += count }
    if call.completed + (call.endsInside ? 1 : 0) > 1 { stuck += count }
    if call.completed == 1, !isHalf { right += count }
    if call.completed == 0, !isHalf { without += count }
  }

  /// The same in few words; empty where nothing was received.
  public var summary: String {
    if receives == 0 { return "" }
    if right == receives { return "one recv = one message? right \(Units.count(right)) times, by luck" }
    let wrong = "wrong \(Units.count(wrong)) of \(Units.count(receives))"
    let parts = [
      halves > 0 ? "\(Units.count(halves)) half message\(halves == 1 ? "" : "s")" : nil,
      stuck > 0 ? "\(Units.count(stuck)) stuck together" : nil,
      without > 0 ? "\(Units.count(without)) without one" : nil,
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
      "A reader that takes one recv for one message would have been wrong \(Units.count(wrong)) of \(calls): "
      + "\(Units.count(halves)) with half messages, \(Units.count(stuck)) with messages stuck together"
      + (without > 0 ? ", \(Units.count(without)) without one." : ".")
  }
}
