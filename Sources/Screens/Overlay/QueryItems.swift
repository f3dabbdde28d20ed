import Traffic

extension QueryResult {
  /// A line a row, in columns, each with the record that it leads to: the one of its `seq`.
  var items: [Picker.Item] {
    let cells = [columns] + rows.map { $0.map(Self.text) }
    let widths = columns.indices.map { column in
      min(Self.widest, cells.map { SafeText.width(SafeText.string($0[column])) }.max() ?? 0)
    }
    let isNumber = columns.indices.map { column in
      rows.allSatisfy { row in
        switch row[column] {
        case .null, .integer, .real: true
        case .text, .bytes: false
        }
      }
    }
    let seq = columns.firstIndex { $0 == "seq" }
    return cells.enumerated().map { place, row in
      let line = row.indices.map { column in
        let text = SafeText.string(row[column]).fitted(to: widths[column])
        let room = String(repeating: " ", count: max(0, widths[column] - SafeText.width(text)))
        return isNumber[column] ? room + text : text + room
      }
      let sequence = seq.flatMap { column in place > 0 ? Self.number(rows[place - 1][column]) : nil }
      return Picker.Item(choice: .record(sequence), word: line.joined(separator: "  "))
    }
  }

  private static let widest = 40

  private static func number(_ value: QueryValue) -> Int? {
    if case .integer(let number) = value { Int(exactly: number) } else { nil }
  }

  private static func text(_ value: QueryValue) -> String {
    switch value {
    case .null: ""
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .bytes(let bytes):
      bytes.prefix(widest / 2).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
