import Traffic

/// Which items are rows.
public struct RowFilter: Hashable, Sendable {
  /// What says nothing that another row or a pane does not say, and what is of the kernel and not of a call.
  private static let folded: Set<RowKind> = [.plainBursts, .segments, .lesson]

  public var hidden: Set<RowKind>

  /// The choices that one key goes through, with what the table's title says of them.
  private static let presets: [(filter: RowFilter, words: String?)] = [
    (RowFilter(), nil),
    (RowFilter(hiding: [.empty, .waits]), "without empty calls and waits"),
    (RowFilter(showing: [.received, .ended, .failed, .sent]), "recv and send only"),
    (RowFilter(showing: [.received, .ended]), "recv only"),
    (RowFilter(showing: [.sent]), "send only"),
    (RowFilter(showing: [.messages]), "messages only"),
  ]

  /// Everything, but for what is folded.
  public init() { hidden = Self.folded }

  private init(hiding kinds: Set<RowKind>) { hidden = Self.folded.union(kinds) }

  private init(showing shown: Set<RowKind>) { hidden = Set(RowKind.allCases).subtracting(shown) }

  /// True if next to all items are rows, so that as many as are wanted lie side by side.
  var isThin: Bool { hidden.isSubset(of: Self.folded.union(RowKind.bookkeeping)) }

  /// What tells of the run alone is hidden.
  var hidesBookkeeping: Bool { RowKind.bookkeeping.isSubset(of: hidden) }

  /// Puts what tells of the run alone out of the way, or back, unless the user has chosen what is shown.
  mutating func put(bookkeepingAway isAway: Bool) {
    if !isThin { return }
    if isAway { hidden.formUnion(RowKind.bookkeeping) } else { hidden.subtract(RowKind.bookkeeping) }
  }

  func shows(_ item: Item) -> Bool { shows(RowKind(item)) }

  var showsMessages: Bool { shows(.messages) }

  var showsSegments: Bool { shows(.segments) }

  /// What is hidden of that which a condition may hold for. What is folded is hidden from those who never asked for it, and
  /// counts only where the condition is for nothing else.
  func hidden(of asked: RecordKinds, hasSegments: Bool) -> [RowKind] {
    RowKind.allCases.filter { kind in
      guard hidden.contains(kind) else { return false }
      let kinds = RecordKinds { RowKind($0) == kind || (kind.isBurst && $0.kind == .burst) }
      return kind == .plainBursts || RowKind.bookkeeping.contains(kind)
        ? asked.isSubset(of: kinds)
        : !kinds.isDisjoint(with: asked) && (kind != .segments || hasSegments)
    }
  }

  /// What the records are that are shown, or behind which a message can stand.
  /// - Parameter hasMessages: false if there are none.
  func kinds(hasMessages: Bool) -> RecordKinds {
    let kinds = self.kinds
    guard hasMessages, showsMessages else { return kinds }
    return kinds.union(.ofMessages)
  }

  private var kinds: RecordKinds {
    // How a burst went is more than such a set can tell.
    RecordKinds {
      shows(RowKind($0)) || ($0.kind == .burst && RowKind.allCases.contains { $0.isBurst && shows($0) })
    }
  }

  func shows(_ kind: RowKind?) -> Bool { kind.map { !hidden.contains($0) } ?? false }

  /// The choice after this one; after a choice of the user's own, everything.
  /// - Parameter hasMessages: false passes over those of which there are none.
  func following(hasMessages: Bool) -> RowFilter {
    let presets = Self.presets.filter { hasMessages || $0.filter.shows(.sent) || $0.filter.shows(.received) }
    let place = presets.firstIndex { $0.filter == self } ?? presets.count - 1
    return presets[(place + 1) % presets.count].filter
  }

  /// In words, for the table's title; nil if nothing is hidden but what is folded.
  var words: String? {
    let known = Self.folded.union(hidesBookkeeping ? RowKind.bookkeeping : [])
    if hidden.isSubset(of: known) { return nil }
    if let preset = Self.presets.first(where: { $0.filter == self }) { return preset.words }
    let shown = RowKind.allCases.filter { !hidden.contains($0) }
    if shown.isEmpty { return "everything hidden" }
    let without = RowKind.allCases.filter { hidden.contains($0) && !known.contains($0) }
    let words = { (kinds: [RowKind]) in kinds.map(\.word).joined(separator: ", ") }
    return shown.count < without.count ? "\(words(shown)) only" : "without \(words(without))"
  }
}

extension RecordKinds {
  /// Of the records that can complete messages.
  static let ofMessages = RecordKinds { MessageFollower.moves($0.kind) }
}
