import Traffic

/// What is at hand to be sent, what is being sent, and what was typed before.
struct SendingState: Sendable {
  /// Records read in one go while the report of a burst is looked for.
  private static let reach = 512
  private static let reports = RecordKinds { $0.kind == .burst }

  /// The bursts that have a name.
  var named: BurstLibrary
  /// How far the bursts are that are played now.
  private(set) var playing: [PlayingBurst] = []
  /// Numbers of those that are played now or were until the last change.
  private var played: Set<Int> = []
  /// How many bursts were over at the last look, and how far the journal went; nil before the first.
  private var looked: (bursts: Int, end: Int)?
  /// The burst that a key sent last.
  var told: ToldBurst?
  /// Lines typed at the prompts for commands and for bursts.
  var commands = History()
  var bursts = History()

  /// - Parameter history: as `history` gave it in an earlier run.
  init(_ named: BurstLibrary, history: [String]) {
    self.named = named
    for line in history {
      let typed = String(line.unicodeScalars.dropFirst())
      if line.unicodeScalars.first == ":" { commands.add(typed) }
      if line.unicodeScalars.first == ">" { bursts.add(typed) }
    }
  }

  /// Goes on in another run, which defines these bursts.
  mutating func begin(lab: [NamedBurst]) {
    named = BurstLibrary(own: named.own, lab: lab)
    (playing, played, looked, told) = ([], [], nil, nil)
  }

  /// The lines typed: `:` for a command, `>` for a burst, before each.
  var history: [String] { commands.lines.map { ":" + $0 } + bursts.lines.map { ">" + $0 } }

  /// The next line is a new one at both prompts.
  mutating func leaveHistory() {
    commands.leave()
    bursts.leave()
  }

  /// The bursts that a function key sends, in the order of the keys. A key that the user gave an action is not among them.
  func keyed(_ keys: KeyMap) -> [(key: Chord, burst: NamedBurst)] {
    named.all.compactMap { burst in
      guard let number = burst.key else { return nil }
      let chord = Chord(.function(number))
      return keys.action(chord) == nil ? (chord, burst) : nil
    }
  }

  /// The burst that the keys to stop and pause are meant for: that of a socket, or the first.
  func burst(on socket: SocketID?) -> PlayingBurst? {
    playing.first { $0.socket == socket } ?? playing.first
  }

  /// Takes in how far bursts are.
  mutating func take(_ bursts: [PlayingBurst]) {
    played = Set((playing + bursts).map(\.number))
    playing = bursts
  }

  /// Looks for bursts that are over since the last look. Not among those that are played: a short one may never be seen there.
  /// - Returns: the newest report that tells something new; nil if there is none.
  mutating func ended(_ journal: Journal) -> Record? {
    // In this order: one that ends in between is found now or next time.
    let now = (bursts: journal.summary.bursts, end: journal.extent.records.upperBound)
    defer { looked = now }
    guard let looked, looked.bursts < now.bursts else { return nil }
    var end = now.end
    while end > looked.end {
      end = journal.skip(of: nil, backFrom: end, to: Self.reports)
      let start = max(looked.end, end - Self.reach)
      if start >= end { return nil }
      if let found = journal.records(in: start..<end).last(where: { isTold($0.record) }) {
        return found.record
      }
      end = start
    }
    return nil
  }

  /// What its send() told already is told again only of one that was seen while it was played.
  private func isTold(_ record: Record) -> Bool {
    guard record.kind == .burst else { return false }
    return record.course != .plain || record.burst.map(played.contains) ?? false
  }
}
