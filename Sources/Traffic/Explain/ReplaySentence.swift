/// What came back when a recorded socket was played again, beside what came back then.
public struct ReplaySentence {
  private let comparison: SocketComparison
  private let order: ReplayOrder

  /// - Parameter comparison: of the answers then and now.
  public init(_ comparison: SocketComparison, _ order: ReplayOrder) {
    (self.comparison, self.order) = (comparison, order)
  }

  /// A line, safe to be shown.
  public var text: String { "replay of \(SafeText.string(order.text)): \(verdict)" }

  private var verdict: String {
    let (then, now) = (comparison.a.bytes, comparison.b.bytes)
    let unknown =
      comparison.bytes.unknown > 0
      ? "; \(comparison.bytes.unknown) of them were not compared, as one of the runs does not hold them" : ""
    if let difference = comparison.bytes.difference {
      return
        "the answer is another one from offset \(difference.offset) on: then \(difference.a.shown), now \(difference.b.shown)"
        + "; \(then) bytes then, \(now) now\(unknown)"
    }
    if then == now {
      if then == 0 { return "nothing came back, as then" }
      return "the answer is the same: \(then) byte\(then == 1 ? "" : "s")\(calls)\(unknown)"
    }
    if now == 0 { return "no answer came; \(then) bytes had come then" }
    return now < then
      ? "the answer is cut short: \(now) bytes, the same as then, of \(then)\(unknown)"
      : "the answer is longer: the \(then) bytes that came then, and \(now - then) more\(unknown)"
  }

  private var calls: String {
    comparison.isSame
      ? "" : ", then in \(comparison.a.calls) pieces, now in \(comparison.b.calls)"
  }
}
