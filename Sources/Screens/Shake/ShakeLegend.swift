import Traffic

/// How many cuts came to what, with the signs of the strip.
struct ShakeLegend {
  typealias Line = [(sign: Character, text: String, role: Role)]

  /// A cell where nothing was tried.
  static let untried: Character = "─"

  private let entries: Line

  init(_ state: ShakeState) {
    // What is wrong stands first: it is never cut off.
    let verdicts = CutVerdict.allCases.reversed().compactMap { verdict -> (Character, String, Role)? in
      guard let count = state.report?.count(verdict), count > 0 else { return nil }
      return (verdict.sign, "\(verdict.word) \(Units.count(count))", verdict.role)
    }
    let open = state.total - state.done
    let rest: Line = open > 0 ? [(Self.untried, "not tried \(Units.count(open))", .muted)] : []
    entries = verdicts.map { (sign: $0.0, text: $0.1, role: $0.2) } + rest
  }

  /// In lines of a width, with three blanks between.
  func lines(width: Int) -> [Line] {
    var (lines, used) = ([Line()], 0)
    for entry in entries {
      let cells = entry.text.count + 5
      if used > 0, used + cells > width + 3 {
        lines.append([])
        used = 0
      }
      lines[lines.count - 1].append(entry)
      used += cells
    }
    return lines
  }
}

extension CutVerdict {
  /// How its cell looks.
  var role: Role {
    switch self {
    case .same: .good
    case .unproven, .unstable: .warning
    case .different, .silent, .refused, .closed, .reset: .error
    case .crash: .exposed
    }
  }
}
