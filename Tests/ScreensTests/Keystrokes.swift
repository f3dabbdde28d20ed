import Traffic

@testable import Screens

/// Presses keys in a fresh workbench; a word that is no key is typed letter by letter.
func press(
  _ keys: String, _ journal: Journal, rows: Int = 36, columns: Int = 120
) -> (effects: [Effect], model: Model) {
  var model = Model(title: "lab")
  _ = model.update(.resized(rows: rows, columns: columns), journal)
  var effects: [Effect] = []
  for key in keys.split(separator: " ").map(String.init) {
    let chords = Chord(key).map { [$0] } ?? key.unicodeScalars.map { Chord($0) }
    for chord in chords { effects += model.update(.key(chord), journal) }
  }
  return (effects, model)
}
