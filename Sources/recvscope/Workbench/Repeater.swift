import CLinux
import Labs
import Screens
import Sockets
import Synchronization
import Traffic

/// Plays a lab again and again on a thread of its own, until it was played as often as asked for or is stopped. Of what came first
/// it keeps the run.
final class Repeater: Sendable {
  /// A run that can be shown.
  struct Kept: Sendable {
    var journal: Journal
    var wall: Nanoseconds
  }

  private struct State {
    var news: TrialsNews
    /// There is something in it that nobody has taken.
    var isNews = true
    /// By their numbers, from 1.
    var kept: [Int: Kept] = [:]
  }

  /// Bars grow no faster than people look.
  private static let interval: Nanoseconds = 50_000_000
  private static let mostKept = 64

  /// What is played.
  let lab: PlayedLab
  private let state: Mutex<State>
  private let stop = TrialStop()
  /// Nothing is played any more.
  private let isOver = Latch()
  /// Tells the screen that there are news.
  private let screen: Bell

  private init(_ request: TrialsRequest, _ lab: PlayedLab, screen: Bell) {
    (self.lab, self.screen) = (lab, screen)
    state = Mutex(State(news: TrialsNews(request, title: lab.title)))
  }

  /// - Parameters:
  ///   - sockets: those that are looked at.
  ///   - memory: bytes that the runs may take that are kept.
  /// - Returns: nil if the system has no thread to give.
  static func start(
    _ request: TrialsRequest, _ lab: PlayedLab, sockets: [String], speed: Double, memory: Int, screen: Bell
  ) -> Repeater? {
    let repeater = Repeater(request, lab, screen: screen)
    let isStarted = Worker.start("trials") {
      repeater.run(request, sockets, speed: speed, memory: memory)
      repeater.isOver.raise()
    }
    return isStarted ? repeater : nil
  }

  /// Ends it without waiting for that.
  func leave() { if !Worker.start("stop", stop.stop) { stop.stop() } }

  /// Ends it. Returns when nothing is open of it.
  func end() {
    stop.stop()
    isOver.wait()
  }

  /// What the runs came to so far; nil if that is known already.
  func take() -> TrialsNews? {
    state.withLock { state in
      guard state.isNews else { return nil }
      state.isNews = false
      return state.news
    }
  }

  /// A run that is kept; nil if it is not.
  func kept(_ number: Int) -> Kept? { state.withLock { $0.kept[number] } }

  private func run(_ request: TrialsRequest, _ sockets: [String], speed: Double, memory: Int) {
    let labs = request.sizes.isEmpty ? [lab.lab] : request.sizes.map { Sweep.lab(lab.lab, size: $0) }
    var (told, used) = (Nanoseconds(0), 0)
    for number in 1...request.total {
      let trial = Trial(labs[(number - 1) % labs.count], sockets: sockets, speed: speed, until: stop)
      if trial.isStopped { break }
      if let failure = trial.failure {
        state.withLock { $0.news.failure = Self.message(failure) }
        break
      }
      let size = trial.journal.extent.memory
      state.withLock { state in
        let isNew = state.news.add(trial.result)
        guard isNew, state.kept.count < Self.mostKept, used + size <= memory else { return }
        used += size
        state.kept[number] = Kept(journal: trial.journal, wall: trial.wall)
        state.news.kept.insert(number)
      }
      let now = cl_monotonic()
      if now - told < Self.interval { continue }
      told = now
      tell()
    }
    state.withLock { $0.news.isOver = true }
    tell()
  }

  private func tell() {
    state.withLock { $0.isNews = true }
    screen.ring()
  }

  /// An address that is in use is mostly in use by the run that is shown.
  private static func message(_ failure: LabOutcome.Failure) -> String {
    let line = failure.line.map { "line \($0.number): " } ?? ""
    let hint =
      if case .open(let failure) = failure.failure, failure.errno == .addressInUse {
        "; close what has it here, or write listen 0"
      } else {
        ""
      }
    return line + failure.failure.message + hint
  }
}
