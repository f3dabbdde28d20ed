import Traffic

/// The bursts at hand, and sending them.
extension Model {
  /// The bursts that a function key sends, in the order of the keys. A key that the user gave an action is not among them.
  var keyedBursts: [(key: Chord, burst: NamedBurst)] {
    library.all.compactMap { burst in
      guard let number = burst.key else { return nil }
      let chord = Chord(.function(number))
      return keys.action(chord) == nil ? (chord, burst) : nil
    }
  }

  /// A key without an action: a function key sends its burst.
  mutating func takeUnbound(_ chord: Chord) -> [Effect] {
    guard case .function(let number) = chord.key, chord.modifiers.isEmpty,
      BurstLabel.keys.contains(number)
    else {
      notice = Notice(
        kind: .note,
        text: "\(chord.label) does nothing here; \(keys.label(.help) ?? "help") shows the keys")
      return []
    }
    overlay = nil
    guard let burst = library.burst(key: number) else {
      let hint = "type one with \(keys.label(.sendPrompt) ?? "send"), and ^S saves it"
      notice = Notice(kind: .note, text: "\(chord.label) has no burst: \(hint)")
      return []
    }
    return send(burst)
  }

  mutating func send(_ burst: NamedBurst) -> [Effect] {
    guard let target = sendTarget else {
      notice = Notice(kind: .note, text: "\(burst.label.text): \(obstacle(.sendPrompt) ?? "")")
      return []
    }
    let name = sockets.name(target)
    let words = (try? burst.burst.summary.text).map { "   \($0)" } ?? ""
    notice = Notice(kind: .note, text: "\(burst.label.text) → \(name)\(words)", givesWayToBurst: true)
    return [.perform(.send(name, burst.burst))]
  }
}
