import Traffic

/// Reads the configuration: `theme`, `memory`, `columns`, `bytes-per-line`, `big`, `confirm-quit`, and `[keys]` with actions.
public enum ConfigurationFile {
  public static func configuration(_ text: String, file: String) throws(SettingsError) -> Configuration {
    let reader = try SettingsReader(text, file: file)
    var configuration = Configuration()
    for entry in reader.table.entries {
      let value = entry.value
      switch entry.key {
      case "theme":
        guard let name = value.text else {
          throw reader.error("expected a theme's name or file", at: value.place)
        }
        configuration.theme = name
        configuration.themeMistake = reader.error("no theme \(name)", at: value.place)
      case "memory":
        guard let size = value.text.flatMap({ try? SizeText.parse($0) }) else {
          throw reader.error("expected a size such as \"256M\"", at: value.place)
        }
        configuration.memory = size
      case "columns": configuration.columns = try columns(value, reader)
      case "bytes-per-line": configuration.bytesLine = try bytesLine(value, reader)
      case "big":
        guard let isBig = value.boolean else { throw reader.error("expected true or false", at: value.place) }
        configuration.isBig = isBig
      case "confirm-quit":
        guard let word = value.text, ["always", "never"].contains(word) else {
          throw reader.error("expected \"always\" or \"never\"", at: value.place)
        }
        configuration.asksBeforeQuitting = word == "always"
      case "keys":
        guard let table = value.table else { throw reader.error("expected a table [keys]", at: entry.place) }
        configuration.keys = try keys(table, reader)
      default:
        let known = "theme, memory, columns, bytes-per-line, big, confirm-quit or [keys]"
        throw reader.error("unknown key \(entry.key); expected \(known)", at: entry.place)
      }
    }
    return configuration
  }

  private static func bytesLine(_ value: TOMLValue, _ reader: SettingsReader) throws(SettingsError)
    -> BytesChoices.Line
  {
    if let width = BytesChoices.widths.first(where: { value.integer == Int64($0) }) { return .bytes(width) }
    if value.text == "chunk" { return .chunk }
    throw reader.error("expected 8, 16, 32 or \"chunk\"", at: value.place)
  }

  private static func columns(_ value: TOMLValue, _ reader: SettingsReader) throws(SettingsError) -> [Column]
  {
    let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
    guard let items = value.array, !items.isEmpty else {
      throw reader.error("expected a list of columns: \(known)", at: value.place)
    }
    var columns: [Column] = []
    for item in items {
      guard let column = item.text.flatMap({ Column(rawValue: $0) }) else {
        throw reader.error("unknown column \(item.text ?? ""); expected \(known)", at: item.place)
      }
      columns.append(column)
    }
    return columns
  }

  private static func keys(_ table: TOMLTable, _ reader: SettingsReader) throws(SettingsError) -> [Action:
    [Chord]]
  {
    var keys: [Action: [Chord]] = [:]
    for entry in table.entries {
      guard let action = Action(rawValue: entry.key) else {
        let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
        throw reader.error("unknown action \(entry.key); expected one of \(known)", at: entry.place)
      }
      let items = entry.value.array ?? [entry.value]
      if let place = items.isEmpty ? entry.value.place : items.first(where: { $0.text == nil })?.place {
        throw reader.error("expected a key such as \"ctrl-p\", or a list of keys", at: place)
      }
      for item in items {
        let name = item.text ?? ""
        guard let chord = Chord(name) else {
          throw reader.error("unknown key \(name); expected such as G, ctrl-p, f1, space", at: item.place)
        }
        keys[action, default: []].append(chord)
      }
    }
    return keys
  }
}
