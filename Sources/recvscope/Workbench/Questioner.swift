import Recordings
import Screens
import Sockets
import Synchronization
import Traffic

/// A question in SQL on a thread of its own, until it is answered or ended.
final class Questioner: Sendable {
  private struct State {
    var stop: QuerySession.Stop?
    var isStopped = false
    /// Nobody wants to know what comes of it.
    var isForgotten = false
  }

  private let state = Mutex(State())

  /// - Parameter answer: is told what came of it, from the thread, unless nobody wants to know.
  /// - Returns: nil if the system has no thread to give.
  static func start(
    _ sql: String, _ journal: Journal, _ recording: Recording?,
    answer: @escaping @Sendable (QueryAnswer) -> Void
  ) -> Questioner? {
    let questioner = Questioner()
    return Worker.start("sql") { questioner.run(sql, journal, recording, answer) } ? questioner : nil
  }

  /// Ends it; the answer says so.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      state.stop?()
    }
  }

  /// Ends it, and no answer comes.
  func end() {
    state.withLock { $0.isForgotten = true }
    stop()
  }

  private func run(
    _ sql: String, _ journal: Journal, _ recording: Recording?, _ answer: @Sendable (QueryAnswer) -> Void
  ) {
    let found = ask(sql, journal, recording)
    let (isStopped, isForgotten) = state.withLock { state in
      state.stop = nil
      return (state.isStopped, state.isForgotten)
    }
    if !isForgotten { answer(isStopped ? .stopped : found) }
  }

  private func ask(_ sql: String, _ journal: Journal, _ recording: Recording?) -> QueryAnswer {
    do {
      let session = try QuerySession(journal, recording)
      state.withLock { state in
        state.stop = session.stop
        if state.isStopped { session.stop() }
      }
      var result = QueryResult(sql)
      try session.run(
        sql, longest: QueryResult.longestCell, head: { result.columns = $0 }, row: { result.add($0) })
      return .rows(result)
    } catch {
      return .mistake(SafeText.string(error.description))
    }
  }
}
