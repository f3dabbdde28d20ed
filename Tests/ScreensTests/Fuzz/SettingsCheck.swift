import Screens
import Traffic

/// What has to hold for any file of settings.
enum SettingsCheck {
  /// What does not hold; nil if all does.
  static func problem(_ input: SettingsCase) -> String? {
    if input.kind == .history { return problem(history: input.bytes) }
    do throws(SettingsError) {
      let text = try SettingsText.text(input.bytes, file: "file")
      switch input.kind {
      case .config: _ = try ConfigurationFile.configuration(text, file: "file")
      case .theme: _ = try ThemeFile.theme(text, file: "file")
      case .bursts: return problem(try BurstsFile.bursts(text, file: "file"), text)
      case .history: break
      }
      return nil
    } catch {
      return problem(error, input.bytes)
    }
  }

  /// A mistake has a message and a place in the text.
  private static func problem(_ error: SettingsError, _ bytes: [UInt8]) -> String? {
    let rows = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if error.message.isEmpty || error.file != "file" { return "a mistake without a message" }
    guard rows.indices.contains(error.line - 1) else { return "line \(error.line) of \(rows.count)" }
    let width = String(decoding: rows[error.line - 1], as: UTF8.self).count
    return (1...width + 1).contains(error.column) ? nil : "column \(error.column) of \(width)"
  }

  /// Whatever the file was, what is typed is kept behind it, and what is kept is read again as it was.
  private static func problem(history bytes: [UInt8]) -> String? {
    let now = HistoryFile.lines(String(decoding: bytes, as: UTF8.self))
    let run = Model(title: "fuzz", history: now).history
    if HistoryFile.merged(now, before: now, after: run) != nil {
      return "a run without a typed line changes the file"
    }
    let typed = ":wait 1s, typed now"
    guard let kept = HistoryFile.merged(now, before: now, after: run + [typed]) else {
      return "a typed line is not kept"
    }
    if !kept.contains(typed) { return "the typed line is lost" }
    let again = HistoryFile.lines(kept.joined(separator: "\n") + "\n")
    if again != kept { return "what is kept is read as \(again)" }
    let next = Model(title: "fuzz", history: again).history
    return next == again.filter { $0.unicodeScalars.count > 1 } ? nil : "a line is lost from run to run"
  }

  /// Bursts are told apart, and a change of the file gives what it should or is refused.
  private static func problem(_ bursts: [NamedBurst], _ text: String) -> String? {
    if Set(bursts.map(\.name)).count != bursts.count { return "two bursts of one name" }
    let keys = bursts.compactMap(\.key)
    if Set(keys).count != keys.count { return "two bursts of one key" }
    guard let added = try? NamedBurst(BurstLabel(name: "added", key: 1), text: "\"it's\" 1ms") else {
      return "no burst to add"
    }
    let changes: [BurstLibrary.Change] =
      [.put(added, replacing: nil), .put(added, replacing: bursts.first?.name)]
      + bursts.prefix(2).map { .remove($0.name) }
    for change in changes {
      var wanted = BurstLibrary(own: bursts)
      wanted.apply(change)
      guard let changed = try? BurstsText.text(text, applying: change, file: "file") else { continue }
      if (try? BurstsFile.bursts(changed, file: "file")) != wanted.own {
        return "\(change) gives other bursts"
      }
    }
    return nil
  }
}
