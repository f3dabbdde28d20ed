import TOMLKit
import Traffic

/// Reads the configuration: `theme`, `memory`, `columns`, `bytes-per-line`, `big`, and `[keys]` with actions.
public enum ConfigurationFile {
  public static func configuration(_ text: String, file: String) throws(SettingsError) -> Configuration {
    let reader = try SettingsReader(text, file: file)
    var configuration = Configuration()
    for key in reader.table.keys {
      let value = reader.table[key]
      switch key {
      case "theme":
        guard let name = value?.string else {
          throw reader.error("expected a theme's name or file", "", key, inValue: true)
        }
        configuration.theme = name
        configuration.themeMistake = reader.error("no theme \(name)", "", key, inValue: true)
      case "memory":
        guard let size = value?.string.flatMap({ try? SizeText.parse($0) }) else {
          throw reader.error("expected a size such as \"256M\"", "", key, inValue: true)
        }
        configuration.memory = size
      case "columns": configuration.columns = try columns(value?.array, reader)
      case "bytes-per-line":
        if let count = value?.int, BytesChoices.widths.contains(count) {
          configuration.bytesLine = .bytes(count)
        } else if value?.string == "chunk" {
          configuration.bytesLine = .chunk
        } else {
          throw reader.error("expected 8, 16, 32 or \"chunk\"", "", key, inValue: true)
        }
      case "big":
        guard let isBig = value?.bool else {
          throw reader.error("expected true or false", "", key, inValue: true)
        }
        configuration.isBig = isBig
      case "keys": configuration.keys = try keys(value?.table, reader)
      default:
        throw reader.error(
          "unknown key \(key); expected theme, memory, columns, bytes-per-line, big or [keys]", "", key)
      }
    }
    return configuration
  }

  private static func columns(_ array: TOMLArray?, _ reader: SettingsReader) throws(SettingsError) -> [Column]
  {
    let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
    guard let array, !array.isEmpty else {
      throw reader.error("expected a list of columns: \(known)", "", "columns", inValue: true)
    }
    var columns: [Column] = []
    for item in array {
      guard let column = item.string.flatMap({ Column(rawValue: $0) }) else {
        throw reader.error(
          "unknown column \(item.string ?? ""); expected \(known)", "", "columns", at: item.string)
      }
      columns.append(column)
    }
    return columns
  }

  private static func keys(_ table: TOMLTable?, _ reader: SettingsReader) throws(SettingsError) -> [Action:
    [Chord]]
  {
    guard let table else { throw reader.error("expected a table [keys]", "", "keys") }
    var keys: [Action: [Chord]] = [:]
    for key in table.keys {
      guard let action = Action(rawValue: key) else {
        let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
        throw reader.error("unknown action \(key); expected one of \(known)", "keys", key)
      }
      let names = table[key]?.string.map { [$0] } ?? table[key]?.array?.map { $0.string ?? "" } ?? []
      guard !names.isEmpty else {
        throw reader.error("expected a key such as \"ctrl-p\", or a list of keys", "keys", key, inValue: true)
      }
      for name in names {
        guard let chord = Chord(name) else {
          throw reader.error(
            "unknown key \(name); expected such as G, ctrl-p, f1, space", "keys", key, at: name)
        }
        keys[action, default: []].append(chord)
      }
    }
    return keys
  }
}
