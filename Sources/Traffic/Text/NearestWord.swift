/// The word of a list that a user may have meant.
public enum NearestWord {
  /// No word of any list is longer, and what a user typed may be anything.
  private static let longest = 40

  /// The nearest word that differs in at most two letters; nil if there is none.
  static func find(_ word: String, in words: some Sequence<String>) -> String? {
    guard word.utf8.count <= longest else { return nil }
    return words.map { (word: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= min(2, $0.word.count / 2) }
      .min { $0.distance < $1.distance }?.word
  }

  /// Ready to append to a message: `; did you mean …?`, or nothing.
  public static func hint(_ word: String, in words: some Sequence<String>, prefix: String = "") -> String {
    find(word, in: words).map { "; did you mean \(prefix)\($0)?" } ?? ""
  }

  /// Insertions, deletions and replacements that lead from one word to the other (Levenshtein).
  private static func distance(_ first: String, _ second: String) -> Int {
    var row = Array(0...second.utf8.count)
    for (index, byte) in first.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in second.utf8.enumerated() {
        let above = row[column + 1]
        row[column + 1] = min(above + 1, row[column] + 1, diagonal + (byte == other ? 0 : 1))
        diagonal = above
      }
    }
    return row.last ?? 0
  }
}
