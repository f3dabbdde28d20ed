/// What was done of one lesson or lab: a line of the file of progress.
public struct LessonProgress: Sendable, Equatable {
  public var name: String
  /// How often it was played to its end.
  public var times: Int
  /// Of the newest run: questions that were answered, of all, and of these the ones predicted right.
  public var answered: Int
  public var questions: Int
  public var right: Int

  public init(name: String, times: Int, answered: Int = 0, questions: Int = 0, right: Int = 0) {
    self.name = name
    (self.times, self.answered, self.questions, self.right) = (times, answered, questions, right)
  }

  /// For a list; empty where nothing was done.
  public var words: String {
    let often = times > 1 ? ", \(times) times" : ""
    if questions == 0 { return times == 0 ? "" : "played\(often)" }
    if times == 0 { return "\(answered) of \(questions) answered" }
    return answered == 0 ? "played\(often)" : "\(right) of \(questions) right\(often)"
  }
}

/// The file of progress: a line for each lesson and lab that was played.
public struct LessonRecord: Sendable, Equatable {
  private static let head =
    "# Lessons and labs that were played: name, times to the end, questions answered, of how many, predicted right.\n"

  public private(set) var entries: [LessonProgress] = []

  public init() {}

  /// Reads the file. What is no such line is left out.
  public init(parsing text: String) {
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      let numbers = words.dropFirst().compactMap { Int($0) }
      guard words.count == 5, numbers.count == 4, numbers.allSatisfy({ (0...1_000_000).contains($0) }) else {
        continue
      }
      put(
        LessonProgress(
          name: words[0], times: numbers[0], answered: numbers[1], questions: numbers[2], right: numbers[3]))
    }
  }

  public var text: String {
    Self.head
      + entries.map { "\($0.name) \($0.times) \($0.answered) \($0.questions) \($0.right)\n" }.joined()
  }

  public subscript(name: String) -> LessonProgress? { entries.first { $0.name == name } }

  /// Adds what was done now to what was done before.
  public mutating func add(_ progress: LessonProgress) {
    var sum = progress
    sum.times += self[progress.name]?.times ?? 0
    put(sum)
  }

  /// Forgets what was done of one.
  /// - Returns: false if nothing was.
  public mutating func remove(_ name: String) -> Bool {
    let count = entries.count
    entries.removeAll { $0.name == name }
    return entries.count < count
  }

  private mutating func put(_ progress: LessonProgress) {
    if let place = entries.firstIndex(where: { $0.name == progress.name }) {
      entries[place] = progress
    } else {
      entries.append(progress)
    }
  }
}
