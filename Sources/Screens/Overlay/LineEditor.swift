/// A line of text being typed.
struct LineEditor: Hashable, Sendable {
  private(set) var scalars: [Unicode.Scalar] = []
  /// Scalars before the cursor.
  private(set) var cursor = 0

  init(_ text: String = "") {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  var text: String { Self.string(scalars[...]) }
  var textBeforeCursor: String { Self.string(scalars[..<cursor]) }

  /// Control characters are no text.
  static func takes(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x20 && scalar.value != 0x7f }

  mutating func insert(_ text: String) {
    let added = text.unicodeScalars.filter(Self.takes)
    scalars.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Does what an editing key says. Returns false if the key means nothing here.
  mutating func edit(_ chord: Chord) -> Bool {
    let control = chord.modifiers.contains(.control)
    let alt = chord.modifiers.contains(.alt)
    switch chord.key {
    case .left: cursor = control || alt ? wordStart : max(0, cursor - 1)
    case .right: cursor = control || alt ? wordEnd : min(scalars.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = scalars.count
    case .backspace: remove(from: alt ? wordStart : max(0, cursor - 1), to: cursor)
    case .delete: remove(from: cursor, to: min(scalars.count, cursor + 1))
    case .character(let scalar) where control: return editControl(scalar)
    case .character(let scalar) where alt:
      if scalar == "b" { cursor = wordStart } else if scalar == "f" { cursor = wordEnd } else { return false }
    case .character(let scalar): insert(String(scalar))
    case .up, .down, .pageUp, .pageDown, .insert, .enter, .tab, .escape, .function: return false
    }
    return true
  }

  private mutating func editControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a": cursor = 0
    case "e": cursor = scalars.count
    case "b": cursor = max(0, cursor - 1)
    case "f": cursor = min(scalars.count, cursor + 1)
    case "d": remove(from: cursor, to: min(scalars.count, cursor + 1))
    case "k": remove(from: cursor, to: scalars.count)
    case "u": remove(from: 0, to: cursor)
    case "w": remove(from: wordStart, to: cursor)
    default: return false
    }
    return true
  }

  private mutating func remove(from: Int, to: Int) {
    scalars.removeSubrange(from..<to)
    cursor = from
  }

  private var wordStart: Int {
    var at = cursor
    while at > 0, scalars[at - 1] == " " { at -= 1 }
    while at > 0, scalars[at - 1] != " " { at -= 1 }
    return at
  }

  private var wordEnd: Int {
    var at = cursor
    while at < scalars.count, scalars[at] == " " { at += 1 }
    while at < scalars.count, scalars[at] != " " { at += 1 }
    return at
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
