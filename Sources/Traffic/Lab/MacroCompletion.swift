/// What a macro at the end of a burst that is being typed can become.
public struct MacroCompletion: Sendable, Equatable {
  /// The macro as far as it is typed, from its `%` on.
  public let typed: String
  /// All that begin so, up to where something of the user's own stands.
  public let words: [String]

  /// Nil where no macro is being typed.
  /// - Parameters:
  ///   - text: up to the cursor.
  ///   - isBurst: the whole line is a burst; else it is a command, which may hold one.
  public init?(_ text: String, isBurst: Bool) {
    let command = text.split(separator: " ").first.flatMap { CommandRule.Name(rawValue: String($0)) }
    switch command {
    case .send, .on, .expect, .define, .release: break
    case _ where isBurst: break
    default: return nil
    }
    guard let typed = Self.open(text) else { return nil }
    self.typed = typed
    let groups = isBurst || command != .on ? [] : CommandParser.answerGroups(in: text).named
    words = (Self.plain + groups.map { "%{\($0)}" } + Self.withPayload).filter {
      $0.hasPrefix(typed) && $0 != typed
    }
  }

  private static let plain =
    ["%{n}", "%{time}", "%{rand:", "%{len}"] + Checksum.allCases.map { "%{\($0.rawValue)}" }
  private static let withPayload =
    LengthCode.names.map { "%{\($0.name):{" } + Checksum.allCases.map { "%{\($0.rawValue):{" }

  /// What stands behind the last `%{` of a burst, if nothing has ended it; a raw string has no macros.
  private static func open(_ text: String) -> String? {
    var macro: String?
    var (isRaw, isString, isEscaped) = (false, false, false)
    var before: Character = " "
    for character in text {
      if isRaw {
        isRaw = character != "'"
      } else if character == "%", !isEscaped {
        macro = "%"
      } else if character == "{", before == "%", macro != nil {
        macro = "%{"
      } else if macro?.count ?? 0 > 1, character.isASCII, character.isLetter || character.isNumber {
        macro?.append(character)
      } else {
        macro = nil
        if character == "\"", !isEscaped { isString.toggle() }
        if character == "'", !isString, " +({".contains(before) { isRaw = true }
      }
      isEscaped = !isEscaped && isString && character == "\\"
      before = character
    }
    return macro.flatMap { $0.count > 1 ? $0 : nil }
  }
}

extension AnswerGroups {
  /// The groups that a burst may name.
  fileprivate var named: [Int] { Self.numbers.filter { mistake(inGroup: $0) == nil } }
}
