import Glibc
import Screens
import Sockets

/// Finds the theme that the user wants.
enum ThemeChoice {
  static let standard = "dark"

  /// - Parameters:
  ///   - name: of a theme that ships, or the path of a file; nil for the one that suits the terminal.
  ///   - mistake: is thrown if there is none, with the known ones.
  /// - Returns: the theme, and a word to the user if it is not what it should be.
  static func load(_ name: String?, orThrow mistake: SettingsError? = nil) throws(SettingsError) -> (
    theme: Theme, notice: String?
  ) {
    let wanted = name ?? (hasLightBackground ? "light" : standard)
    let path = DataFolder.themes.path(of: wanted, suffix: ".toml")
    guard let bytes = try? FileReader.read(path, limit: SettingsText.mostBytes) else {
      if name == nil { return (.plain, "no themes found beside the program; showing it without colours") }
      let names = DataFolder.themes.names(suffix: ".toml")
      let others =
        names.isEmpty ? "no themes lie beside the program" : "there are: \(names.joined(separator: ", "))"
      var mistake = mistake ?? SettingsError(file: path, message: "no theme, and no file that can be read")
      mistake.message += "; \(others)"
      throw mistake
    }
    return (try ThemeFile.theme(try SettingsText.text(bytes, file: path), file: path), nil)
  }

  /// COLORFGBG is `foreground;background` in colours of the 16, where a terminal sets it.
  private static var hasLightBackground: Bool {
    guard let value = getenv("COLORFGBG") else { return false }
    let background = String(cString: value).split(separator: ";").last.flatMap { Int($0) }
    return background == 7 || background == 15
  }
}
