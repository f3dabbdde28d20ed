import Traffic

/// A search that is open: what was found so far, and which match is gone to next. It goes on with what comes until it is ended.
struct FindState: Sendable {
  /// A match that is to be gone to as soon as it is known which one it is.
  private struct Wish {
    var isBackward: Bool
    /// From this place in the journal on, or before it.
    var sequence: Int
    var place: Int
    /// What there was when it was made; behind it the search begins anew at the other end.
    var end: Int
  }

  let request: FindRequest
  /// Who sent and received what is searched.
  private let words: String
  private(set) var matches = FoundMatches()
  private var news: FindNews
  private var wish: Wish?
  /// The match that was gone to last, and whether the search had to begin anew for it.
  private(set) var current: FoundMatch?
  private var hasWrapped = false
  private var wasBackward = false

  /// - Parameter words: who sent and received what is searched: `all sockets`.
  init(_ request: FindRequest, words: String) {
    (self.request, self.words) = (request, words)
    news = FindNews(request)
  }

  /// True while it is not known where to go.
  var isLooking: Bool { wish != nil }

  mutating func take(_ news: FindNews) {
    guard news.id == request.id else { return }
    matches.add(news.matches)
    self.news = news
    self.news.matches = []
  }

  /// Asks for the first match from a place in the journal on, or for the last before it.
  mutating func want(isBackward: Bool, _ sequence: Int, _ place: Int, end: Int) {
    wasBackward = isBackward
    wish = Wish(isBackward: isBackward, sequence: sequence, place: place, end: end)
  }

  /// The match that was asked for, once it is known, and only once.
  /// - Parameters:
  ///   - first: what is before this sequence number is no longer held.
  ///   - end: what is from this one on is not shown.
  mutating func next(from first: Int, before end: Int) -> FoundMatch? {
    guard let wish else { return nil }
    matches.drop(before: first)
    let isWhole = news.reached >= min(wish.end, end)
    let found: FoundMatch?
    if wish.isBackward {
      // What was found says nothing while there may be more behind it.
      guard isWhole || news.reached > wish.sequence else { return nil }
      found = matches.last(before: min(wish.sequence, end), wish.sequence < end ? wish.place : 0)
    } else {
      found = matches.first(from: wish.sequence, wish.place).flatMap { $0.sequence < end ? $0 : nil }
    }
    if found == nil, !isWhole { return nil }
    self.wish = nil
    hasWrapped = found == nil
    let other = wish.isBackward ? matches.last(before: end, 0) : matches.first(from: first, 0)
    current = found ?? other.flatMap { $0.sequence < end ? $0 : nil }
    return current
  }

  /// What is said of it: which match the cursor is at, of how many.
  /// - Parameters:
  ///   - isAtMatch: the cursor is where it was gone to.
  ///   - place: of that match in its stream.
  func text(isAtMatch: Bool, at place: Int64, keys: String) -> String {
    let pattern = request.pattern.text
    let isWhole = news.percent >= 100
    let missing =
      news.missing > 0 ? "; \(Units.size(news.missing)) no longer held were not searched" : ""
    if wish != nil {
      return
        "searching \(pattern) … \(news.percent) %, \(Self.count(matches.count)) so far; \(keys)\(missing)"
    }
    if matches.count == 0 {
      return isWhole
        ? "\(pattern) is nowhere in what \(words) sent and received; \(keys)\(missing)"
        : "\(pattern) … \(news.percent) %, no match so far; \(keys)\(missing)"
    }
    let so = isWhole ? "" : " so far, \(news.percent) %"
    guard isAtMatch, let current, let number = matches.number(of: current) else {
      return "\(pattern): \(Self.count(matches.count))\(so); \(keys)\(missing)"
    }
    let again = hasWrapped ? ", from the \(wasBackward ? "end" : "beginning") again" : ""
    return
      "\(pattern) at \(HexLine.offsetText(place)), match \(Units.count(number)) of \(Units.count(matches.count))\(so)"
      + "\(again); \(keys)\(missing)"
  }

  private static func count(_ matches: Int) -> String {
    "\(Units.count(matches)) match\(matches == 1 ? "" : "es")"
  }
}
