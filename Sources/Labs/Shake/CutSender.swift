import Traffic

/// Sends messages in parts, and says what came of it.
struct CutSender: Sendable {
  let peer: any ShakenPeer
  let plan: PartsTalk.Plan
  let lesson: Lesson
  let isStopped: @Sendable () -> Bool

  init(peer: any ShakenPeer, plan: PartsTalk.Plan, lesson: Lesson, isStopped: @escaping @Sendable () -> Bool)
  {
    (self.peer, self.plan, self.lesson, self.isStopped) = (peer, plan, lesson, isStopped)
  }

  func run(_ cuts: CutPlaces) -> Result<Talk?, CommandFailure> { peer.talk(cuts, plan, lesson, isStopped) }

  func verdict(_ talk: Talk) -> CutVerdict { lesson.oracle.verdict(of: talk.run) }
}
