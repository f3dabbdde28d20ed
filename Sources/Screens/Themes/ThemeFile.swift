import TOMLKit

/// Reads a theme file: `name`, `about`, `[colors]` with names of its own, `[roles]` with looks.
public enum ThemeFile {
  public static func theme(_ text: String, file: String) throws(SettingsError) -> Theme {
    let reader = try SettingsReader(text, file: file)
    for key in reader.table.keys where !["name", "about", "colors", "roles"].contains(key) {
      throw reader.error("unknown key \(key); expected name, about, [colors] or [roles]", "", key)
    }
    guard let name = reader.table["name"]?.string else {
      throw reader.error("expected name = \"…\"", "", "name")
    }
    let palette = try palette(reader)
    guard let roles = reader.table["roles"]?.table else {
      throw reader.error("expected [roles]", "", "roles")
    }
    var looks: [Role: Look] = [:]
    for key in roles.keys {
      guard let role = Role.allCases.first(where: { $0.name == key }) else {
        throw reader.error("unknown role \(key); expected one of \(roleNames)", "roles", key)
      }
      looks[role] = try look(roles[key]?.string, key, palette, reader)
    }
    return Theme(name: name, about: reader.table["about"]?.string ?? "", looks: looks)
  }

  private static func palette(_ reader: SettingsReader) throws(SettingsError) -> [String: Color] {
    guard let colors = reader.table["colors"]?.table else { return [:] }
    var palette: [String: Color] = [:]
    for key in colors.keys {
      guard let color = colors[key]?.string.flatMap({ Color($0) }) else {
        let expected = "expected a colour: default, red, bright-red, 0 to 255 or #rrggbb"
        throw reader.error(expected, "colors", key, inValue: true)
      }
      palette[key] = color
    }
    return palette
  }

  private static func look(
    _ value: String?, _ key: String, _ palette: [String: Color], _ reader: SettingsReader
  ) throws(SettingsError) -> Look {
    guard let value else {
      throw reader.error("expected a string such as \"bold red on black\"", "roles", key, inValue: true)
    }
    do throws(Look.UnknownWord) {
      return try Look(parsing: value, palette: palette)
    } catch {
      // The value begins with its quotation mark.
      throw reader.error(
        "unknown word \(error.word); \(error.expected)", "roles", key, inValue: true, offset: 1 + error.place)
    }
  }

  private static var roleNames: String { Role.allCases.map(\.name).joined(separator: ", ") }
}
