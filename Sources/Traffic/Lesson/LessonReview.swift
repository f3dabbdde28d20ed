/// What a run made of a lesson's questions, as its records tell.
public struct LessonReview: Sendable {
  public struct Part: Sendable {
    /// Sequence numbers of what led to its outcome: from behind the outcome before up to its own.
    public var records: Range<Int>
    public var answer: LessonAnswer
    /// The socket that was looked at; nil while there is no outcome.
    public var socket: SocketID?
  }

  private static let batch = 1024
  private static let kinds = RecordKinds { [.ask, .answer, .reveal].contains($0.kind) }

  private let lesson: LessonPlan
  /// By question; those that were not asked yet are missing.
  public private(set) var parts: [Part] = []

  /// - Parameter standing: the hands as those before the lesson see them, by question; those of a question that is still
  ///   open are in no record.
  public init(_ lesson: LessonPlan, _ journal: Journal, standing: [LessonAnswer] = []) {
    self.lesson = lesson
    var batch = RecordBatch()
    var next = journal.skip(of: nil, from: 0, to: Self.kinds)
    let end = journal.extent.records.upperBound
    while next < end {
      journal.read(&batch, from: next, count: min(Self.batch, end - next))
      if batch.records.isEmpty { break }
      for (place, record) in batch.records.enumerated() {
        take(record, batch.first + place, batch.payload(place) ?? [])
      }
      next = journal.skip(of: nil, from: batch.next, to: Self.kinds)
    }
    for (place, answer) in zip(parts.indices, standing) {
      parts[place].answer = answer.with(parts[place].answer.outcome)
    }
  }

  private mutating func take(_ record: Record, _ sequence: Int, _ payload: ArraySlice<UInt8>) {
    switch record.kind {
    case .ask:
      guard parts.count < lesson.parts.count else { return }
      let choices = lesson.parts[parts.count].question.choices.count
      let begin = parts.last.map { $0.records.upperBound } ?? 0
      parts.append(Part(records: begin..<max(begin, sequence), answer: LessonAnswer(choices: choices)))
    case .answer:
      guard !parts.isEmpty, let counted = CountedVotes(payload: payload) else { return }
      parts[parts.count - 1].answer.take(counted.votes)
    case .reveal:
      guard let last = parts.last, let revelation = Revelation(payload: payload) else { return }
      let outcome = LessonOutcome(revelation, choice: record.choice.map { $0 - 1 }, sequence: nil)
      parts[parts.count - 1].answer.outcome = outcome
      parts[parts.count - 1].socket = record.socket
      parts[parts.count - 1].records = last.records.lowerBound..<sequence
    default: return
    }
  }

  /// True if the question at this place has its outcome.
  public func isRevealed(_ place: Int) -> Bool {
    place < parts.count && parts[place].answer.outcome != nil
  }

  /// True if each question has its outcome.
  public var isWhole: Bool { lesson.parts.indices.allSatisfy(isRevealed) }
}
