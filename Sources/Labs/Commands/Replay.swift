import Sockets
import Traffic

extension CommandContext {
  /// What a session is to play on each of its connections, if that was asked for: it is read once before one is opened.
  func prepareReplay(_ options: SessionOptions) -> Result<Void, CommandFailure> {
    guard let name = options.name else { return .success(()) }
    guard let order = options.replay else {
      manager.atBeginning(of: name, nil)
      return .success(())
    }
    do {
      let replay = try Replay(order, in: RecordedFile.opened(order.file))
      let runner = runner
      manager.atBeginning(of: name) { runner.play(replay, on: $0) }
      return .success(())
    } catch let mistake as ReplayMistake {
      return .failure(.refused("--replay \(mistake.sentence(order))"))
    } catch {
      return .failure(.refused("--replay \(error)"))
    }
  }
}

extension LabRunner {
  /// Plays, tells what came back beside what came back then, and closes.
  func play(_ replay: Replay, on connection: Connection) {
    let run = manager.run
    connection.play(BurstSchedule(replay))
    connection.afterwards { [self] in
      let course = ReplayCourse(replay, connection.id, run.journal)
      let comparison = SocketComparison(
        replay.answers, CallSource(run.journal, connection.id, .received))
      let text = ReplaySentence(comparison, replay.order, course).text
      run.mark(connection.id, text)
      verdicts.withLock {
        $0.append((text: "\(connection.name): \(text)", isSame: comparison.hasSameBytes && course.isWhole))
      }
    }
    connection.close(isReset: replay.isReset)
  }
}
