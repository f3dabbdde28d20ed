import TOMLKit

/// Reads a theme file: `name`, `about`, `[colors]` with names of its own, `[roles]` with looks.
public enum ThemeFile {
  public static func theme(_ text: String, file: String) throws(SettingsError) -> Theme {
    let places = TOMLPlaces(text)
    func error(_ message: String, _ table: String, _ key: String, offset: Int? = nil) -> SettingsError {
      let place = places.place(table: table, key: key)
      let column = offset.map { place.value + $0 } ?? place.key
      return SettingsError(file: file, line: place.line, column: column, message: message)
    }
    let table = try parse(text, file)
    for key in table.keys where !["name", "about", "colors", "roles"].contains(key) {
      throw error("unknown key \(key); expected name, about, [colors] or [roles]", "", key)
    }
    guard let name = table["name"]?.string else { throw error("expected name = \"…\"", "", "name") }
    var palette: [String: Color] = [:]
    if let colors = table["colors"]?.table {
      for key in colors.keys {
        guard let color = colors[key]?.string.flatMap({ Color($0) }) else {
          throw error(
            "expected a colour: default, red, bright-red, 0 to 255 or #rrggbb", "colors", key, offset: 0)
        }
        palette[key] = color
      }
    }
    guard let roles = table["roles"]?.table else { throw error("expected [roles]", "", "roles") }
    var looks: [Role: Look] = [:]
    for key in roles.keys {
      guard let role = Role.allCases.first(where: { $0.name == key }) else {
        throw error("unknown role \(key); expected one of \(roleNames)", "roles", key)
      }
      guard let value = roles[key]?.string else {
        throw error("expected a string such as \"bold red on black\"", "roles", key, offset: 0)
      }
      do throws(Look.UnknownWord) {
        looks[role] = try Look(parsing: value, palette: palette)
      } catch let unknown {
        throw error(
          "unknown word \(unknown.word); \(unknown.expected)", "roles", key, offset: 1 + unknown.place)
      }
    }
    return Theme(name: name, about: table["about"]?.string ?? "", looks: looks)
  }

  private static var roleNames: String { Role.allCases.map(\.name).joined(separator: ", ") }

  private static func parse(_ text: String, _ file: String) throws(SettingsError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw SettingsError(
        file: file, line: error.source.begin.line, column: error.source.begin.column,
        message: error.description)
    } catch {
      throw SettingsError(file: file, line: 1, column: 1, message: "\(error)")
    }
  }
}
