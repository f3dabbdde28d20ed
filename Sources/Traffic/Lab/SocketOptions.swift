/// What is asked of the kernel for a session's sockets: one setting an option, in the order given.
public struct SocketOptions: Sendable, Equatable {
  public private(set) var settings: [Setting] = []

  public init() {}

  /// Adds a setting; one of the same option is replaced, if that is not one that may be given several times.
  public mutating func set(_ setting: Setting) {
    if !OptionRule.rule(setting.option).isRepeatable { settings.removeAll { $0.option == setting.option } }
    settings.append(setting)
  }

  /// Those that have to be set before bind(2).
  public var aboutBind: SocketOptions {
    var options = SocketOptions()
    options.settings = settings.filter { OptionRule.rule($0.option).isAboutBind }
    return options
  }

  /// The setting of an option; nil leaves the kernel's.
  public subscript(option: OptionRule.Name) -> Setting? { settings.last { $0.option == option } }
}
