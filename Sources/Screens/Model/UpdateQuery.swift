import Traffic

extension Model {
  mutating func ask(_ sql: String) -> [Effect] {
    (lastQuery, asking, notice) = (sql, sql, nil)
    return [.query(sql)]
  }

  /// - Parameter sql: what was asked; if something else was asked since, the answer is late.
  mutating func take(_ answer: QueryAnswer, of sql: String) {
    guard asking == sql else { return }
    asking = nil
    switch answer {
    case .rows(let result):
      // What is typed meanwhile stays; the rows can be asked for again.
      if overlay == nil {
        (overlay, notice) = (.picker(Picker(.rows(result), place: min(1, result.items.count - 1))), nil)
      }
    case .mistake(let sentence): notice = Notice(kind: .error, text: sentence)
    case .stopped: say("the question was ended")
    }
  }

  /// What is said of the question that is not answered yet; nil while there is none.
  var askingWords: String? {
    asking.map { sql in
      "asking … \(keys.label(.cancel).map { "\($0) ends it" } ?? ""): \(SafeText.string(sql))"
    }
  }
}
