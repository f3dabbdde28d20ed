/// Reads a theme file: `name`, `about`, `[colors]` with names of its own, `[roles]` with looks.
public enum ThemeFile {
  public static func theme(_ text: String, file: String) throws(SettingsError) -> Theme {
    let reader = try SettingsReader(text, file: file)
    let table = reader.table
    for entry in table.entries where !["name", "about", "colors", "roles"].contains(entry.key) {
      throw reader.error(
        "unknown key \(entry.key); expected name, about, [colors] or [roles]", at: entry.place)
    }
    guard let name = table["name"]?.text else {
      throw reader.error("expected name = \"…\"", at: table.place(of: "name"))
    }
    let palette = try palette(reader)
    guard let roles = table["roles"]?.table else {
      throw reader.error("expected [roles]", at: table.place(of: "roles"))
    }
    var looks: [Role: Look] = [:]
    for entry in roles.entries {
      guard let role = Role.allCases.first(where: { $0.name == entry.key }) else {
        throw reader.error("unknown role \(entry.key); expected one of \(roleNames)", at: entry.place)
      }
      looks[role] = try look(entry.value, palette, reader)
    }
    return Theme(name: name, about: table["about"]?.text ?? "", looks: looks)
  }

  private static func palette(_ reader: SettingsReader) throws(SettingsError) -> [String: Color] {
    guard let value = reader.table["colors"] else { return [:] }
    guard let colors = value.table else { throw reader.error("expected a table [colors]", at: value.place) }
    var palette: [String: Color] = [:]
    for entry in colors.entries {
      guard let color = entry.value.text.flatMap({ Color($0) }) else {
        let expected = "expected a colour: default, red, bright-red, 0 to 255 or #rrggbb"
        throw reader.error(expected, at: entry.value.place)
      }
      palette[entry.key] = color
    }
    return palette
  }

  private static func look(_ value: TOMLValue, _ palette: [String: Color], _ reader: SettingsReader)
    throws(SettingsError) -> Look
  {
    guard let text = value.text else {
      throw reader.error("expected a string such as \"bold red on black\"", at: value.place)
    }
    do throws(Look.UnknownWord) {
      return try Look(parsing: text, palette: palette)
    } catch {
      throw reader.error(
        "unknown word \(error.word); \(error.expected)", in: value, line: 1, column: 1 + error.place)
    }
  }

  private static var roleNames: String { Role.allCases.map(\.name).joined(separator: ", ") }
}
