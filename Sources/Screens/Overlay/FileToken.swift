import Traffic

/// The beginning of a file's name that stands before the cursor: behind `@` in a burst, or a path as an address.
struct FileToken: Hashable, Sendable {
  /// What is typed of the path.
  let path: String
  /// It is written in quotes, and may have blanks.
  let isQuoted: Bool
  /// What follows a name that is whole.
  private var ending: String { isWholeLine ? "" : isQuoted ? "\" " : " " }
  private var isWholeLine = false

  /// For a line that is nothing but a path.
  init(wholeLine: String) { (path, isQuoted, isWholeLine) = (wholeLine, true, true) }

  /// Nil if no file's name is being typed.
  /// - Parameter isBurst: the whole line is a burst; else it is a command, which may hold one.
  init?(_ textBeforeCursor: String, isBurst: Bool) {
    let words = textBeforeCursor.split(separator: " ", omittingEmptySubsequences: false)
    let command = words.first.flatMap { CommandRule.rule(named: String($0)) }?.name
    if !isBurst, command == .listen || command == .connect {
      guard words.count > 1, let last = words.last, last.hasPrefix("/") || last.hasPrefix(".") else {
        return nil
      }
      (path, isQuoted) = (String(last), false)
      return
    }
    guard isBurst || command == .send || command == .on else { return nil }
    var name: String?
    var isOpen = false
    var isRaw = false
    var isEscaped = false
    var before: Character = " "
    for character in textBeforeCursor {
      if isRaw {
        isRaw = character != "'"
      } else if character == "'", " +({".contains(before) {
        (isRaw, name) = (true, nil)
      } else if isOpen {
        isOpen = isEscaped || character != "\""
        isEscaped = !isEscaped && character == "\\"
        if isOpen { name?.append(character) } else { name = nil }
      } else if character == "\"" {
        // Behind the @ itself it opens the name, anywhere else it opens a string.
        isOpen = true
        if before != "@" { name = nil }
      } else if character == "@" {
        name = ""
      } else if " +*){}".contains(character) {
        name = nil
      } else {
        name?.append(character)
      }
      before = character
    }
    guard let name else { return nil }
    (path, isQuoted) = (name, isOpen)
  }

  /// The folder to look into, and what its names must begin with.
  var parts: (folder: String, prefix: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (
      slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...])
    )
  }

  /// What a listing of the folder offers. A folder's name ends in `/`; names that a line without quotes cannot hold are
  /// left out there, and hidden ones unless they are asked for.
  func completion(_ names: [String]) -> Completion {
    let (_, prefix) = parts
    let fitting = names.filter { name in
      name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !name.hasPrefix(".")) && name.allSatisfy(isWritable)
    }
    return Completion(words: fitting.sorted(), typed: prefix, ending: ending)
  }

  private func isWritable(_ character: Character) -> Bool {
    let isPlain = character.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
    return isQuoted
      ? (isPlain || character == " ") && character != "\"" && character != "\\"
      : isPlain && !"+*){}\"".contains(character)
  }
}
