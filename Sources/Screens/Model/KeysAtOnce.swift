import Traffic

/// Keys that were read at one go. Not every terminal marks what is pasted, and nobody types eight letters between two looks:
/// such a piece is text, whatever its letters do as keys.
public enum KeysAtOnce {
  /// Letters that make a paste.
  private static let least = 8

  /// Makes pastes of the letters among messages; all else stays as it is.
  /// - Parameter goesOn: a paste came just before: whatever letters there are belong to it.
  /// - Returns: the messages, and whether they end in such a paste, which may go on.
  public static func read(
    _ messages: [Message], goesOn: Bool = false
  ) -> (messages: [Message], endsInPaste: Bool) {
    var read: [Message] = []
    var goesOn = goesOn
    var run: [Chord] = []
    for message in messages {
      if case .key(let chord) = message, chord.isWritten {
        run.append(chord)
      } else {
        read += Self.messages(run, goesOn: goesOn)
        read.append(message)
        (run, goesOn) = ([], false)
      }
    }
    let last = Self.messages(run, goesOn: goesOn)
    if case .paste(_, isEntered: false)? = last.last { return (read + last, true) }
    return (read + last, false)
  }

  /// - Parameter run: keys that a text can be made of.
  private static func messages(_ run: [Chord], goesOn: Bool) -> [Message] {
    // What begins with a control character was typed: text has few of them.
    let goesOn = goesOn && run.first?.pasted != nil
    guard let first = run.firstIndex(where: \.isLetter), let last = run.lastIndex(where: \.isLetter),
      run.count(where: \.isLetter) >= (goesOn ? 1 : least)
    else { return run.map { .key($0) } }
    let text = String(String.UnicodeScalarView(run[first...last].compactMap(\.pasted)))
    let (before, after) = (run[..<first], run[(last + 1)...])
    // Of several lines none may do anything; what stands behind a single one was typed ahead.
    let lineEnds = after.count { $0 == Chord(.enter) }
    if goesOn || text.contains("\n") || lineEnds > 1 { return [.paste(text)] }
    let isEntered = after == [Chord(.enter)]
    return before.map { .key($0) } + [.paste(text, isEntered: isEntered)]
      + (isEntered ? [] : after.map { .key($0) })
  }
}

extension Chord {
  /// A key that makes a character, a control character included.
  fileprivate var isWritten: Bool {
    if case .character = key { return !modifiers.contains(.alt) }
    return (key == .enter || key == .tab) && modifiers.isEmpty
  }

  fileprivate var isLetter: Bool {
    if case .character = key { return modifiers.isEmpty }
    return false
  }

  /// What it adds to a text; nil for a control character.
  fileprivate var pasted: Unicode.Scalar? {
    if case .character(let scalar) = key { return modifiers.isEmpty ? scalar : nil }
    return key == .enter ? "\n" : "\t"
  }
}
