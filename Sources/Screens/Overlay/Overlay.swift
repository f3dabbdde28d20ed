/// What lies over the panes and has the keys.
enum Overlay: Sendable {
  case prompt(Prompt)
  case picker(Picker)
  case help(Help)

  var prompt: Prompt? {
    switch self {
    case .prompt(let prompt): prompt
    case .picker, .help: nil
    }
  }

  var picker: Picker? {
    switch self {
    case .picker(let picker): picker
    case .prompt, .help: nil
    }
  }

  var help: Help? {
    switch self {
    case .help(let help): help
    case .prompt, .picker: nil
    }
  }
}
