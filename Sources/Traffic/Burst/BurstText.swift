extension Burst {
  /// The burst as text that reads as the same burst.
  public var text: String {
    Self.text(of: steps) + (tolerance.map { " within \(DurationText.text($0))" } ?? "")
  }

  private static func text(of steps: [BurstStep]) -> String {
    steps.map(\.text).joined(separator: " ")
  }

  static func groupText(_ steps: [BurstStep], count: Int, period: Nanoseconds?) -> String {
    var result = "(\(text(of: steps)))"
    if count != 1 || period != nil { result += "*\(count)" }
    if let period { result += " every \(DurationText.text(period))" }
    return result
  }
}

extension BurstStep {
  /// The step as text that reads as the same step.
  public var text: String {
    switch self {
    case .send(let payload): payload.text
    case .split(let payload, let size, let gap):
      "\(payload.text)/\(size)\(gap.map { " gap \(DurationText.text($0))" } ?? "")"
    case .pause(let time): DurationText.text(time)
    case .at(let time): "at \(DurationText.text(time))"
    case .group(let steps, let count, let period): Burst.groupText(steps, count: count, period: period)
    case .flagged(let payload, let flag): "\(flag.rawValue) \(payload.text)"
    case .cork: "cork"
    case .uncork: "uncork"
    case .shutdown: "shutdown"
    case .close: "close"
    case .reset: "reset"
    }
  }
}

extension Payload {
  /// The payload as text that reads as the same payload.
  public var text: String {
    switch self {
    case .literal(let literal): EscapedText.literal(literal.bytes)
    case .template(let parts): Self.text(of: parts)
    case .copies(let payload, let count): "\(payload.termText)*\(count)"
    case .joined(let payloads): payloads.map(\.termText).joined(separator: "+")
    case .file(let name): "@\(EscapedText.quoted(Array(name.utf8)))"
    case .zeros(let count): "zeros(\(count))"
    case .counting(let count): "count(\(count))"
    case .random(let count, nil): "random(\(count))"
    case .random(let count, let seed?): "random(\(count), \(seed))"
    }
  }

  /// In quotes, which a field alone needs as little as a payload.
  private static func text(of parts: [TemplatePart]) -> String {
    if parts.count == 1, case .field(let field) = parts[0] { return field.text }
    return "\"\(parts.map(\.text).joined())\""
  }

  /// In braces if a `+` would tear it apart.
  private var termText: String {
    if case .joined = self { "{\(text)}" } else { text }
  }
}

extension TemplatePart {
  /// The piece as it stands between quotes.
  var text: String {
    switch self {
    case .bytes(let bytes): EscapedText.escaped(bytes)
    case .macro(let macro): macro.text
    case .field(let field): field.text
    }
  }
}
