import Traffic

extension Model {
  /// Records of a socket among which the report of a burst is looked for.
  private static let reach = 64

  /// Takes in how far bursts are; of one that is over its report is shown, once.
  mutating func takePlaying(_ bursts: [PlayingBurst], _ journal: Journal) {
    let over = playing.filter { old in !bursts.contains { $0.number == old.number } }
    playing = bursts
    // What failed stays to be read.
    guard let ended = over.first, notice?.kind != .error else { return }
    let ranks = journal.ranks(of: ended.socket)
    let newest = journal.records(
      of: ended.socket, in: max(0, ranks.upperBound - Self.reach)..<ranks.upperBound)
    guard let report = newest.last(where: { $0.record.kind == .burst }) else { return }
    let words = report.record.burstLine(journal.payload(of: report.record) ?? [])
    notice = Notice(kind: .note, text: "\(ended.name): \(words)")
  }
}
