import Traffic

/// A lab as it is played in the workbench.
struct PlayedLab: Sendable {
  /// As it is written.
  let written: Lab
  /// As it is played now.
  private(set) var lab: Lab
  /// What users call it.
  let name: String?
  /// What it is played with besides what is written.
  private(set) var settings: [Setting] = []

  init(_ lab: Lab, named name: String? = nil) { (written, self.lab, self.name) = (lab, lab, name) }

  mutating func take(_ settings: [Setting]) {
    (lab, self.settings) = (written.with(settings), settings)
  }

  /// The settings as they are typed.
  var values: [String] { settings.map { "\(OptionRule.rule($0.option).word) \($0.valueText)" } }

  var title: String {
    let name = name.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
    return ([name] + values).joined(separator: " ")
  }
}
