/// What came back when a recorded socket was played again, beside what came back then.
public struct ReplaySentence {
  private let comparison: SocketComparison
  private let order: ReplayOrder
  private let course: ReplayCourse?

  /// - Parameters:
  ///   - comparison: of the answers then and now.
  ///   - course: how the sends went; nil if it is not known.
  public init(_ comparison: SocketComparison, _ order: ReplayOrder, _ course: ReplayCourse? = nil) {
    (self.comparison, self.order, self.course) = (comparison, order, course)
  }

  /// A line, safe to be shown.
  public var text: String {
    "replay of \(SafeText.string(order.text)): \(trouble.map { "\($0); " } ?? "")\(verdict)"
  }

  /// Why the answer says little: what it would answer did not get there.
  private var trouble: String? {
    guard let course, !course.isWhole else { return nil }
    let reason = course.errno.map { ": \($0.name)" } ?? ""
    if course.unsentBytes > 0 {
      return "\(course.unsentBytes) of \(course.bytes) bytes were not sent\(reason)"
    }
    if course.unsentSends > 0 {
      return "\(course.unsentSends) of \(course.sends) sends were not made\(reason)"
    }
    return "it failed now and not then\(reason)"
  }

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
      if then == 0 { return trouble == nil ? "nothing came back, as then" : "nothing came back" }
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
