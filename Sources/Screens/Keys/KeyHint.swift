import Traffic

/// A key on screen with what it does; a click on it presses it.
struct KeyHint {
  /// Nil where several keys are told together, or none.
  var chord: Chord?
  var label: String
  var word: String
  var isOff = false

  init(_ chord: Chord, _ word: String, isOff: Bool = false) {
    (self.chord, label, self.word, self.isOff) = (chord, chord.label, word, isOff)
  }

  init(label: String, _ word: String) { (self.label, self.word) = (label, word) }

  /// Cells that both take, with the blanks around them.
  var width: Int { SafeText.width(label) + SafeText.width(word) + 3 }
}

extension [KeyHint] {
  var width: Int { reduce(0) { $0 + $1.width } }

  /// The first ones, as many as there is room for.
  func fitting(in room: Int) -> [KeyHint] {
    var rest = room
    return Array(
      prefix {
        rest -= $0.width
        return rest >= 0
      })
  }
}
