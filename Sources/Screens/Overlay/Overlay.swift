/// What lies over the panes and has the keys.
enum Overlay: Sendable {
  case prompt(Prompt)
  case picker(Picker)
  case help(Help)
  case leaving(Leaving)
  case statistics(StatisticsState)
  case compare(CompareState)
  /// What a shake came to; the model has it.
  case shake
  /// What trials came to; the model has it.
  case trials

  /// Says why it is of no use now.
  mutating func hinder(_ obstacle: String) {
    switch self {
    case .prompt(var prompt):
      prompt.obstacle = obstacle
      self = .prompt(prompt)
    case .picker(var picker):
      picker.obstacle = obstacle
      self = .picker(picker)
    case .help, .leaving, .statistics, .compare, .shake, .trials: break
    }
  }

  var prompt: Prompt? {
    switch self {
    case .prompt(let prompt): prompt
    case .picker, .help, .leaving, .statistics, .compare, .shake, .trials: nil
    }
  }

  var picker: Picker? {
    switch self {
    case .picker(let picker): picker
    case .prompt, .help, .leaving, .statistics, .compare, .shake, .trials: nil
    }
  }

  var help: Help? {
    switch self {
    case .help(let help): help
    case .prompt, .picker, .leaving, .statistics, .compare, .shake, .trials: nil
    }
  }

  var statistics: StatisticsState? {
    switch self {
    case .statistics(let statistics): statistics
    case .prompt, .picker, .help, .leaving, .compare, .shake, .trials: nil
    }
  }

  var compare: CompareState? {
    switch self {
    case .compare(let compare): compare
    case .prompt, .picker, .help, .leaving, .statistics, .shake, .trials: nil
    }
  }

  var isShake: Bool {
    switch self {
    case .shake: true
    case .prompt, .picker, .help, .leaving, .statistics, .compare, .trials: false
    }
  }

  var isTrials: Bool {
    switch self {
    case .trials: true
    case .prompt, .picker, .help, .leaving, .statistics, .compare, .shake: false
    }
  }

  /// It stands in place of the panes.
  var hidesPanes: Bool { help != nil || statistics != nil || compare != nil || isShake || isTrials }
}
