import Sockets
import Traffic

/// What a lesson does beside its commands.
extension CommandContext {
  /// The question that was asked last, and its place in the lesson.
  struct Posed {
    var place: Int
    var question: Question
    /// When it was asked.
    var time: Nanoseconds
    var round = 1
  }

  func say(_ text: String) -> Result<Void, CommandFailure> {
    inLab {
      _ = runner.audience.take(.said(text))
      return .success(())
    }
  }

  func step() -> Result<Void, CommandFailure> {
    inLab {
      _ = runner.audience.take(.stepped)
      return .success(())
    }
  }

  /// Asks, and waits for an answer.
  func pose(_ question: Question) -> Result<Void, CommandFailure> {
    inLab {
      let place = runner.posed.withLock { posed in
        let place = posed.map { $0.place + 1 } ?? 0
        posed = Posed(place: place, question: question, time: run.clock.now)
        return place
      }
      run.writer.append(
        .ask(at: run.clock.now, line: line),
        AskedQuestion(text: question.text, choices: question.choices.map(\.text)))
      return answer(to: .asked(place))
    }
  }

  /// Asks the same once more.
  func discuss() -> Result<Void, CommandFailure> {
    inLab {
      runner.posed.withLock { posed in
        posed?.round += 1
        posed?.time = run.clock.now
      }
      return answer(to: .discussed)
    }
  }

  private func answer(to event: LessonEvent) -> Result<Void, CommandFailure> {
    let reply = runner.audience.take(event)
    guard let posed = runner.posed.withLock({ $0 }), !runner.leaving.isLeft else { return .success(()) }
    var votes: [Int] = []
    if case .votes(let counted) = reply { votes = counted }
    guard let favourite = LessonAnswer.favourites(votes).first else { return .success(()) }
    run.writer.append(
      .answer(from: posed.time, to: run.clock.now, round: posed.round, choice: favourite + 1),
      CountedVotes(votes: votes, chosen: posed.question.choices[favourite].text))
    return .success(())
  }

  /// Looks what the calls gave, and tells it.
  func reveal(_ reveal: Reveal) -> Result<Void, CommandFailure> {
    inLab {
      guard let posed = runner.posed.withLock({ $0 }) else { return .failure(.refused("nothing was asked")) }
      return socket(reveal.name).flatMap { id in
        journal.finding(reveal.measure, of: id)
          .mapError { .refused("\(reveal.name): \($0.message)") }
          .flatMap { tell(reveal, of: id, $0.finding, $0.sequence, posed.question) }
      }
    }
  }

  private func tell(
    _ reveal: Reveal, of id: SocketID, _ finding: Finding, _ sequence: Int?, _ question: Question
  ) -> Result<Void, CommandFailure> {
    let right = question.right(finding)
    let revelation = Revelation(
      measure: reveal.measure.text, got: finding.text, reason: reveal.reason,
      right: right.map { question.choices[$0].text })
    if right == nil { run.noteFailure() }
    run.writer.append(.reveal(id, at: run.clock.now, line: line, choice: right.map { $0 + 1 }), revelation)
    _ = runner.audience.take(.revealed(LessonOutcome(revelation, choice: right, sequence: sequence)))
    if right != nil { return .success(()) }
    return .failure(
      .unexpected(
        "\(reveal.name) \(revelation.measure): it gave \(revelation.got), which is none of the choices; this kernel does otherwise than the lesson says"
      ))
  }

  /// Only a lab can stop.
  private func inLab(_ body: () -> Result<Void, CommandFailure>) -> Result<Void, CommandFailure> {
    awaitsConnection ? .failure(.refused("this stands in a lab, which stops there")) : body()
  }
}
