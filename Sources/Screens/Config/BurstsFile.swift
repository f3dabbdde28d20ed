import TOMLKit
import Traffic

/// The user's bursts as a file: a table `[[burst]]` for each, with `name`, `send`, and perhaps `key`.
public enum BurstsFile {
  /// Reads the whole file.
  /// - Throws: its first mistake: in TOML, in a key, in a burst, or a name or key that comes twice.
  public static func bursts(_ text: String, file: String) throws(SettingsError) -> [NamedBurst] {
    let reader = try SettingsReader(text, file: file)
    for key in reader.table.keys where key != "burst" {
      throw reader.error("unknown key \(key); expected tables [[burst]]", "", key)
    }
    guard let value = reader.table["burst"] else { return [] }
    guard let array = value.array else { throw reader.error("expected tables [[burst]]", "burst", "") }
    var bursts: [NamedBurst] = []
    for (index, item) in array.enumerated() {
      guard let table = item.table else {
        throw reader.error("expected tables [[burst]]", "", "burst", inValue: true)
      }
      bursts.append(try burst(table, "burst.\(index)", after: bursts, reader))
    }
    return bursts
  }

  private static func burst(
    _ table: TOMLTable, _ place: String, after others: [NamedBurst], _ reader: SettingsReader
  ) throws(SettingsError) -> NamedBurst {
    for key in table.keys where !["name", "key", "send"].contains(key) {
      throw reader.error("unknown key \(key); expected name, key or send", place, key)
    }
    guard let name = table["name"]?.string else {
      throw reader.error("expected a name, such as name = \"hello\"", place, "name", inValue: true)
    }
    if let mistake = BurstLabel.mistake(inName: name) {
      throw reader.error(mistake, place, "name", inValue: true)
    }
    if others.contains(where: { $0.name == name }) {
      throw reader.error("\(name) is the name of a burst above", place, "name", inValue: true)
    }
    let number = table["key"]?.string.flatMap { BurstLabel.number(ofKey: $0) }
    if table["key"] != nil, number.map(BurstLabel.keys.contains) != true {
      throw reader.error("expected a key from \"f1\" to \"f12\"", place, "key", inValue: true)
    }
    if let number, let other = others.first(where: { $0.key == number }) {
      throw reader.error("F\(number) is the key of \(other.name)", place, "key", inValue: true)
    }
    guard let text = table["send"]?.string else {
      throw reader.error("expected a burst, such as send = '\"hello\"'", place, "send", inValue: true)
    }
    do throws(SyntaxError) {
      return try NamedBurst(BurstLabel(name: name, key: number), text: text)
    } catch {
      throw reader.error(error, place, "send", text: text)
    }
  }

  /// The table of a burst.
  static func lines(of burst: NamedBurst) -> [String] {
    var lines = ["[[burst]]", "name = \(value(burst.name))"]
    if let key = burst.key { lines.append("key = \"f\(key)\"") }
    return lines + ["send = \(value(burst.text))"]
  }

  /// A text as TOML: as it is between single quotes, or with escapes where that cannot be.
  static func value(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0 != "'" && $0.properties.generalCategory != .control
    }
    if isPlain { return "'\(text)'" }
    var value = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" {
        value.append("\\")
        value.append(scalar)
      } else if scalar.properties.generalCategory == .control {
        let digits = String(scalar.value, radix: 16)
        value.append(
          contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
      } else {
        value.append(scalar)
      }
    }
    return "\"\(String(value))\""
  }
}
