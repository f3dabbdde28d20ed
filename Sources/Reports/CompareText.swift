import Traffic

/// Two runs beside each other, as a picture for people: for each socket the chunks of both on one scale, where they part, and a
/// table of the calls that differ.
public struct CompareText {
  /// Sockets that are drawn; the others are counted.
  private static let mostSockets = 20
  /// Names in a list.
  private static let mostNames = 8

  /// How a part of a line is told from the others where there are colours; its words say it too.
  public enum Shade: Sendable { case plain, strong, same, different }

  public struct Span: Sendable, Hashable {
    public var text: String
    public var shade: Shade

    public init(text: String, shade: Shade = .plain) { (self.text, self.shade) = (text, shade) }
  }

  private let a: Journal
  private let b: Journal
  private let width: Int
  /// Differences of a socket that are listed.
  private let limit: Int

  /// - Parameters:
  ///   - width: cells of a line.
  ///   - limit: rows of each table.
  public init(_ a: Journal, _ b: Journal, width: Int = 80, limit: Int = 20) {
    (self.a, self.b, self.width, self.limit) = (a, b, max(40, width), limit)
  }

  /// Compares, and tells a few lines at a time.
  public func write(_ print: ([[Span]]) throws -> Void) rethrows -> CompareVerdict {
    let matching = SocketMatching(a, b)
    var verdict = CompareVerdict()
    var idle: [String] = []
    var (silent, undrawn) = (0, 0)
    var isTimed = false
    for pair in matching.pairs {
      var rows: [CompareTable.Row] = []
      let comparison = SocketComparison(CallSource(a, pair.a), CallSource(b, pair.b)) { row, one, other in
        if rows.count < limit { rows.append(CompareTable.Row(row, one, other)) }
      }
      if comparison.a.calls + comparison.b.calls == 0 {
        silent += 1
        if idle.count < Self.mostNames { idle.append(name(pair.a, a)) }
        continue
      }
      verdict.add(comparison)
      if !comparison.isSame { isTimed = true }
      if verdict.same + verdict.different > Self.mostSockets {
        undrawn += 1
      } else {
        try print(lines(comparison, rows, isByName: pair.isByName) + [[]])
      }
    }
    for (run, journal, sockets) in [("A", a, matching.onlyA), ("B", b, matching.onlyB)] {
      for socket in sockets { if let known = journal.socket(socket) { verdict.addAlone(known.totals) } }
      if !sockets.isEmpty { try print(told(alone(run, journal, sockets))) }
    }
    if silent > 0 { try print(told("Nothing was received in both: \(Self.list(idle, silent)).")) }
    if undrawn > 0 { try print(told("\(undrawn) more sockets were compared and are not drawn.")) }
    if isTimed { try print(told("Δ is B's time less A's; arrivals count from the first of the socket.")) }
    try print([[Span(text: verdict.sentence, shade: .strong)]])
    return verdict
  }

  private func name(_ socket: SocketID, _ journal: Journal) -> String {
    SafeText.string(CallSource(journal, socket).name)
  }

  private func told(_ text: String) -> [[Span]] {
    Paragraph.lines(text, width: width).map { [Span(text: $0)] }
  }

  private func lines(
    _ comparison: SocketComparison, _ rows: [CompareTable.Row], isByName: Bool
  ) -> [[Span]] {
    let words = CompareSentences(comparison)
    let names =
      isByName
      ? SafeText.string(comparison.a.name)
      : "\(SafeText.string(comparison.a.name)) and B's \(SafeText.string(comparison.b.name))"
    let isSame = comparison.isSame && comparison.hasSameBytes
    let picture = EdgePicture(comparison.scene, isByOrder: comparison.isByOrder, width: width - 4)
    var lines = [
      [
        Span(text: names, shade: .strong), Span(text: ": "),
        Span(text: words.verdict, shade: isSame ? .same : .different),
      ],
      [Span(text: "  A: \(Self.told(comparison.a))   B: \(Self.told(comparison.b))")],
      [Span(text: "  A ")] + Self.drawn(picture.a), [Span(text: "  B ")] + Self.drawn(picture.b),
      [Span(text: "    " + picture.axis)],
    ]
    lines += Paragraph.lines(words.sentences.joined(separator: " "), width: width - 2).map {
      [Span(text: "  " + $0)]
    }
    if !rows.isEmpty {
      lines.append([])
      lines += CompareTable(rows, isByOrder: comparison.isByOrder, width: width - 2).lines.map {
        [Span(text: "  " + $0)]
      }
      let more = comparison.differences - rows.count
      if more > 0 { lines.append([Span(text: "  and \(Units.count(more)) more")]) }
    }
    return lines
  }

  private static func drawn(_ parts: [EdgePicture.Part]) -> [Span] {
    parts.map { Span(text: $0.text, shade: $0.isDifferent ? .different : .plain) }
  }

  private static func told(_ side: ComparedSide) -> String {
    "\(Units.count(side.calls)) call\(side.calls == 1 ? "" : "s"), \(Units.count(Int(side.bytes))) bytes"
      + (side.asked.map { ", recv(\($0))" } ?? "")
  }

  private func alone(_ run: String, _ journal: Journal, _ sockets: [SocketID]) -> String {
    let names = sockets.prefix(Self.mostNames).map { socket in
      let count = journal.socket(socket)?.totals.receivedBytes ?? 0
      return name(socket, journal) + (count > 0 ? " (\(Units.size(count)))" : "")
    }
    return "Only \(run) has \(Self.list(names, sockets.count))."
  }

  private static func list(_ names: [String], _ count: Int) -> String {
    names.prefix(mostNames).joined(separator: ", ")
      + (count > mostNames ? " and \(Units.count(count - mostNames)) more" : "")
  }
}
