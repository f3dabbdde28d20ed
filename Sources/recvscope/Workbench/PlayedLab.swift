import Labs
import Reports
import Screens
import Traffic

/// A lab as it is played in the workbench.
struct PlayedLab: Sendable {
  /// As it is written.
  private let written: Lab
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
  private var values: [String] { settings.map { "\(OptionRule.rule($0.option).word) \($0.valueText)" } }

  var title: String {
    let name = name.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
    return ([name] + values).joined(separator: " ")
  }

  /// Writes a page of it to take home.
  /// - Parameters:
  ///   - journal: of the run that is told.
  ///   - wall: the wall clock at its time 0.
  func handOut(_ journal: Journal, wall: @escaping @Sendable () -> Nanoseconds)
    -> @Sendable (HandoutRequest)
    -> String?
  {
    let (written, name, values) = (written, name ?? "lab", values)
    return { request in
      var handout = LabText(written, named: name).handout
      (handout.wall, handout.values, handout.answers) = (wall(), values, request.answers)
      handout.journal = request.isBlank ? nil : journal
      let path = HomePath.expanded(request.path)
      if case .failure(let failure) = ExportFile.write(to: path, handout.write) { return failure.description }
      return nil
    }
  }
}
