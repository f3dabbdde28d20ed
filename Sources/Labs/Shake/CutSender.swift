import Traffic

/// Sends messages in parts, and says what came of it.
struct CutSender: Sendable {
  let peer: any ShakenPeer
  let plan: PartsTalk.Plan
  let lesson: Lesson
  let isStopped: @Sendable () -> Bool

  func run(_ cuts: CutPlaces) -> Result<Talk?, CommandFailure> { peer.talk(cuts, plan, lesson, isStopped) }

  func verdict(_ talk: Talk) -> CutVerdict { lesson.oracle.verdict(of: talk.run) }
}
