/// Lines typed before, for one prompt; the newest is last.
struct History: Hashable, Sendable {
  private static let limit = 500

  private(set) var lines: [String] = []
  /// Place of the line shown; nil while a new one is typed.
  private var place: Int?
  /// The new line, kept while older ones are looked at.
  private var draft = ""

  mutating func add(_ line: String) {
    place = nil
    if line.isEmpty { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
  }

  /// The line before the one shown; nil if there is none.
  mutating func older(than current: String) -> String? {
    if place == nil { draft = current }
    let next = (place ?? lines.count) - 1
    guard lines.indices.contains(next) else { return nil }
    place = next
    return lines[next]
  }

  mutating func newer() -> String? {
    guard let at = place else { return nil }
    place = at + 1 < lines.count ? at + 1 : nil
    return place.map { lines[$0] } ?? draft
  }

  mutating func leave() { place = nil }
}
