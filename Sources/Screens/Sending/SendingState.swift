import Traffic

/// What is at hand to be sent, what is being sent, and what was typed before.
struct SendingState: Sendable {
  /// Records of a socket among which the report of a burst is looked for.
  private static let reach = 64

  /// The bursts that have a name.
  var named: BurstLibrary
  /// How far the bursts are that are played now.
  private(set) var playing: [PlayingBurst] = []
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
  /// - Returns: one that is over.
  mutating func take(_ bursts: [PlayingBurst]) -> PlayingBurst? {
    defer { playing = bursts }
    return playing.first { old in !bursts.contains { $0.number == old.number } }
  }

  /// What the journal says of a burst that is over; nil if that is no longer held.
  func report(of burst: PlayingBurst, _ journal: Journal) -> String? {
    let ranks = journal.ranks(of: burst.socket)
    let newest = journal.records(
      of: burst.socket, in: max(0, ranks.upperBound - Self.reach)..<ranks.upperBound)
    return newest.last { $0.record.kind == .burst }.map {
      "\(burst.name): \($0.record.burstLine(journal.payload(of: $0.record) ?? []))"
    }
  }
}
