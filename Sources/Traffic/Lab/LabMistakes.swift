/// What is wrong with a lab: each line that cannot be read, in the order of the lines.
public struct LabMistakes: Error, Sendable, Equatable {
  /// So many are kept and shown: a file that is no lab has one in every line.
  static let mostShown = 20

  /// The first of them.
  public private(set) var first: [SyntaxError] = []
  /// How many there are.
  public private(set) var count = 0

  public var isEmpty: Bool { count == 0 }

  public init() {}

  mutating func append(_ mistake: SyntaxError) {
    count += 1
    if first.count < Self.mostShown { first.append(mistake) }
  }

  /// The mistakes for a terminal, each with its line and a caret, and how many more there are.
  /// - Parameter file: what stands before the line numbers.
  public func rendered(in file: String) -> String {
    let more = count - first.count
    let end = more == 0 ? "" : "and \(more) more mistake\(more == 1 ? "" : "s") in \(SafeText.string(file))\n"
    return first.map { $0.rendered(in: file) }.joined() + end
  }
}
