import Traffic

/// The user's bursts as a file: a table `[[burst]]` for each, with `name`, `send`, and perhaps `key`.
public enum BurstsFile {
  /// Reads the whole file.
  /// - Throws: its first mistake: in TOML, in a key, in a burst, or a name or key that comes twice.
  public static func bursts(_ text: String, file: String) throws(SettingsError) -> [NamedBurst] {
    let reader = try SettingsReader(text, file: file)
    for entry in reader.table.entries where entry.key != "burst" {
      throw reader.error("unknown key \(entry.key); expected tables [[burst]]", at: entry.place)
    }
    guard let entry = reader.table.entries.first else { return [] }
    guard let items = entry.value.array else {
      throw reader.error("expected tables [[burst]]", at: entry.place)
    }
    var bursts: [NamedBurst] = []
    var names: Set<String> = []
    for item in items {
      guard let table = item.table else {
        throw reader.error("expected tables [[burst]]", at: item.place)
      }
      bursts.append(try burst(table, after: bursts, &names, reader))
    }
    return bursts
  }

  private static func burst(
    _ table: TOMLTable, after others: [NamedBurst], _ names: inout Set<String>, _ reader: SettingsReader
  ) throws(SettingsError) -> NamedBurst {
    for entry in table.entries where !["name", "key", "send"].contains(entry.key) {
      throw reader.error("unknown key \(entry.key); expected name, key or send", at: entry.place)
    }
    let place = table.place(of: "name")
    guard let name = table["name"]?.text else {
      throw reader.error("expected a name, such as name = \"hello\"", at: place)
    }
    if let mistake = BurstLabel.mistake(inName: name) { throw reader.error(mistake, at: place) }
    if !names.insert(name).inserted {
      throw reader.error("\(name) is the name of a burst above", at: place)
    }
    let number = try key(table["key"], after: others, reader)
    guard let send = table["send"], let text = send.text else {
      throw reader.error("expected a burst, such as send = '\"hello\"'", at: table.place(of: "send"))
    }
    do throws(SyntaxError) {
      return try NamedBurst(BurstLabel(name: name, key: number), text: text)
    } catch {
      throw reader.error(error.message, in: send, line: error.line, column: error.column)
    }
  }

  private static func key(_ value: TOMLValue?, after others: [NamedBurst], _ reader: SettingsReader)
    throws(SettingsError) -> Int?
  {
    guard let value else { return nil }
    guard let number = value.text.flatMap({ BurstLabel.number(ofKey: $0) }), BurstLabel.keys.contains(number)
    else {
      throw reader.error("expected a key from \"f1\" to \"f12\"", at: value.place)
    }
    if let other = others.first(where: { $0.key == number }) {
      throw reader.error("F\(number) is the key of \(other.name)", at: value.place)
    }
    return number
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
