import Recordings
import Screens
import Sockets
import Synchronization
import Traffic

/// A question in SQL on a thread of its own, until it is answered or ended.
final class Questioner: Sendable {
  private struct State {
    var stop: QuerySession.Stop?
    var isEnded = false
  }

  private let state = Mutex(State())

  /// - Parameter answer: is told what came of it, from the thread, unless it was ended.
  /// - Returns: nil if the system has no thread to give.
  static func start(
    _ sql: String, _ journal: Journal, _ recording: Recording?, answer: @escaping @Sendable (Message) -> Void
  ) -> Questioner? {
    let questioner = Questioner()
    return Worker.start("sql") { questioner.run(sql, journal, recording, answer) } ? questioner : nil
  }

  func end() {
    state.withLock { state in
      state.isEnded = true
      state.stop?()
    }
  }

  private func run(
    _ sql: String, _ journal: Journal, _ recording: Recording?, _ answer: @Sendable (Message) -> Void
  ) {
    let message: Message
    do {
      let session = try QuerySession(journal, recording)
      state.withLock { $0.stop = session.stop }
      var (columns, rows): ([String], [[QueryValue]]) = ([], [])
      try session.run(sql, head: { columns = $0 }) { row in
        rows.append(row)
        return rows.count <= QueryResult.most
      }
      let result = QueryResult(
        sql, columns: columns, rows: Array(rows.prefix(QueryResult.most)),
        isCut: rows.count > QueryResult.most)
      message = .queried(result)
    } catch {
      message = .answered(SafeText.string(error.description))
    }
    let isEnded = state.withLock { state in
      state.stop = nil
      return state.isEnded
    }
    if !isEnded { answer(message) }
  }
}
