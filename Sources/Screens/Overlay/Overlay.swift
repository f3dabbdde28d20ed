/// What lies over the panes and has the keys.
enum Overlay: Sendable {
  case prompt(Prompt)
  case picker(Picker)
  case help(Help)
  case leaving(Leaving)
  case statistics(StatisticsState)

  /// Says why it is of no use now.
  mutating func hinder(_ obstacle: String) {
    switch self {
    case .prompt(var prompt):
      prompt.obstacle = obstacle
      self = .prompt(prompt)
    case .picker(var picker):
      picker.obstacle = obstacle
      self = .picker(picker)
    case .help, .leaving, .statistics: break
    }
  }

  var prompt: Prompt? {
    switch self {
    case .prompt(let prompt): prompt
    case .picker, .help, .leaving, .statistics: nil
    }
  }

  var picker: Picker? {
    switch self {
    case .picker(let picker): picker
    case .prompt, .help, .leaving, .statistics: nil
    }
  }

  var help: Help? {
    switch self {
    case .help(let help): help
    case .prompt, .picker, .leaving, .statistics: nil
    }
  }

  var statistics: StatisticsState? {
    switch self {
    case .statistics(let statistics): statistics
    case .prompt, .picker, .help, .leaving: nil
    }
  }

  /// It stands in place of the panes.
  var hidesPanes: Bool { help != nil || statistics != nil }
}
