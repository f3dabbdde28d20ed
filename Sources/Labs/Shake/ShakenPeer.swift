import Sockets
import Traffic

/// Whom messages are sent to in parts, each time on a connection of its own.
protocol ShakenPeer: Sendable {
  /// One connection.
  /// - Parameters:
  ///   - cuts: nil sends the messages whole.
  ///   - lesson: what the uncut messages have taught; nil before.
  /// - Returns: nil if the program has ended and is not to be started again.
  func talk(
    _ cuts: CutPlaces?, _ plan: PartsTalk.Plan, _ lesson: Lesson?, _ isStopped: @escaping @Sendable () -> Bool
  )
    -> Result<Talk?, CommandFailure>

  /// How a process of the program ends that has no connection any more; waits for that a little.
  func lateEnd() -> String?

  /// Ends what was started; returns when nothing of it is left.
  func stop()
}

/// What one connection came to.
struct Talk: Sendable {
  var run: CutRun
  var socket: SocketID
  var start: Nanoseconds
  var manners = PartsTalk.Manners()
  /// How a process of the program had ended before, when its connection was over.
  var earlierEnd: String?
}

/// What the uncut messages have taught.
struct Lesson: Sendable {
  var manners: PartsTalk.Manners
  var oracle: AnswerOracle
}
