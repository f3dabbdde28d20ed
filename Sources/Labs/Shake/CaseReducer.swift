import CLinux
import Traffic

/// Makes a finding smaller as long as it fails in the same way, and the messages uncut are answered as before.
struct CaseReducer {
  /// How many cases are tried.
  private static let most = 500
  /// How long.
  private static let limit: Nanoseconds = 20_000_000_000
  /// How long an answer may take at least, and how many times as long as the slowest of the uncut messages: most trials get
  /// none. What is handed on is tried with the whole limit.
  private static let (shortest, times): (Nanoseconds, Nanoseconds) = (20_000_000, 20)

  let peer: any ShakenPeer
  let plan: PartsTalk.Plan
  let lesson: Lesson
  let again: Int
  let isStopped: @Sendable () -> Bool

  /// - Parameter known: what cuts of these messages came to already.
  func reduce(
    _ found: CutResult, framing: Framing?, known: [CutPlaces: CutVerdict]
  ) -> ShakenCase {
    let right = lesson.oracle.expected
    var smallest = ShakenCase(messages: plan.messages, result: found, answers: right, tried: 0)
    var minimiser = CutMinimiser(
      messages: plan.messages, cuts: found.cuts, verdict: found.verdict, framing: framing, most: Self.most,
      known: known)
    let deadline = cl_monotonic() + Self.limit
    var asGiven = found
    /// Those that are known to be answered as before.
    var sound = plan.messages
    while let trial = minimiser.next, !isStopped(), cl_monotonic() < deadline {
      var stays = false
      let trier = Trier(self, trial)
      if trial.messages == sound || trier.isAnswered() {
        sound = trial.messages
        if let result = trier.result(found) {
          stays = true
          if trial.messages == plan.messages { asGiven = result }
          smallest = ShakenCase(
            messages: trial.messages, result: result, answers: trial.kept.map { right[$0] }, tried: 0)
        }
      }
      minimiser.tell(stays)
    }
    (smallest.tried, smallest.asGiven) = (minimiser.tried, asGiven)
    // What is handed on fails each time.
    let trier = Trier(self, minimiser.best, isLast: true)
    for _ in 0..<(smallest.messages == plan.messages && smallest.result.cuts == found.cuts ? 0 : again)
    where !isStopped() {
      if trier.result(found) == nil {
        return ShakenCase(messages: plan.messages, result: found, answers: right, tried: minimiser.tried)
      }
    }
    return smallest
  }

  /// Sends the messages of one trial.
  private struct Trier {
    private let reducer: CaseReducer
    private let trial: CutTrial
    private let plan: PartsTalk.Plan
    private let lesson: Lesson

    init(_ reducer: CaseReducer, _ trial: CutTrial, isLast: Bool = false) {
      (self.reducer, self.trial) = (reducer, trial)
      var plan = reducer.plan
      plan.messages = trial.messages
      if !isLast {
        plan.limit = min(
          plan.limit, max(CaseReducer.shortest, CaseReducer.times * reducer.lesson.manners.slowest))
      }
      // A shutdown that followed a message that is left out follows none.
      plan.endsSending = plan.endsSending && trial.kept.last == reducer.plan.messages.count - 1
      self.plan = plan
      var lesson = reducer.lesson
      lesson.oracle = lesson.oracle.expecting(trial.kept)
      self.lesson = lesson
    }

    private func talk(_ cuts: CutPlaces?) -> CutRun? {
      (try? reducer.peer.talk(cuts, plan, lesson, reducer.isStopped).get())??.run
    }

    /// Uncut they are answered as they were beside the others.
    func isAnswered() -> Bool {
      talk(nil).map { lesson.oracle.verdict(of: $0) == .same } ?? false
    }

    /// What the cut ones came to, if it is the same failure and as well proven.
    func result(_ found: CutResult) -> CutResult? {
      guard let run = talk(trial.cuts), lesson.oracle.verdict(of: run) == found.verdict,
        run.doubt == nil || !found.isProven
      else { return nil }
      return CutResult(trial.cuts, run, [found.verdict])
    }
  }
}
