import CTerminal

/// Why there is no screen.
enum TerminalError: Error {
  case notATerminal
  case noTerm
  case unknownTerm(String)
  case tooDumb(String)

  /// One line for standard error.
  var message: String {
    let instead = "for output without a screen use: recvscope run, listen or connect"
    return switch self {
    case .notATerminal: "the workbench needs a terminal as standard input and output; \(instead)"
    case .noTerm:
      "TERM is not set, so the terminal's kind is unknown; set it (TERM=xterm-256color), or \(instead)"
    case .unknownTerm(let name): "TERM=\(name) is not in this machine's terminfo; set another, or \(instead)"
    case .tooDumb(let name): "TERM=\(name) cannot move its cursor; \(instead)"
    }
  }

  /// What opening returned; nil if it is done.
  init?(_ opening: CTOpening, term: String) {
    switch opening {
    case .done: return nil
    case .notATerminal: self = .notATerminal
    case .noTerm: self = .noTerm
    case .unknownTerm: self = .unknownTerm(term)
    case .tooDumb: self = .tooDumb(term)
    @unknown default: self = .unknownTerm(term)
    }
  }
}
