import CLinux
import Sockets
import SystemPackage
import Traffic

/// A server that is started and watched, or one that runs somewhere.
struct ShakenServer: ShakenPeer {
  private let order: ShakeOrder
  private let context: CommandContext
  /// Nil where it is not watched.
  private let program: ShakenProgram?

  init(_ order: ShakeOrder, _ context: CommandContext) {
    (self.order, self.context) = (order, context)
    if case .server(let words, let address) = order.target {
      program = ShakenProgram(context, words, at: address, limit: order.limit)
    } else {
      program = nil
    }
  }

  func talk(
    _ cuts: CutPlaces?, _ plan: PartsTalk.Plan, _ lesson: Lesson?,
    _ isStopped: @escaping @Sendable () -> Bool
  ) -> Result<Talk?, CommandFailure> {
    attempt(cuts, plan, lesson, isStopped).flatMap { talk in
      guard var first = talk, let program, let lesson, !lesson.manners.exits, first.run.isUntouched else {
        return .success(talk)
      }
      // It died of what came before, with this connection in its backlog.
      _ = program.waitUntilOver(Self.soon)
      guard let end = program.sight.takeStrayEnd() else { return .success(talk) }
      return attempt(cuts, plan, lesson, isStopped).map { second in
        if let second { first = second }
        first.earlierEnd = end
        return first
      }
    }
  }

  private func attempt(
    _ cuts: CutPlaces?, _ plan: PartsTalk.Plan, _ lesson: Lesson?,
    _ isStopped: @escaping @Sendable () -> Bool
  ) -> Result<Talk?, CommandFailure> {
    var earlierEnd: String?
    if let program {
      if let lesson, !lesson.manners.exits { earlierEnd = program.sight.takeStrayEnd() }
      if lesson?.manners.exits == true { _ = program.waitUntilOver(order.limit) }
      switch order.restart {
      case .crash: break
      case .each: program.stop()
      case .never: if program.isOver { return .success(nil) }
      }
      // What ends now is waited for, or it would take the next connection with it.
      if program.end != nil { _ = program.waitUntilOver(order.limit) }
      if case .failure(let failure) = program.start(isStopped) { return .failure(failure) }
    }
    let start = context.run.clock.now
    return connect().map { opened in
      switch opened {
      case .failure(let failed):
        let run = CutRun(answers: [], end: .refused, doubt: failed.message)
        return Talk(run: run, socket: .none, start: start, earlierEnd: earlierEnd)
      case .success(let connection):
        var talk = PartsTalk(
          connection, sight: program.map { ($0.sight, connection.local) }, bell: Bell(), plan: plan,
          lesson: lesson, isStopped: isStopped)
        let run = talk.run(cuts)
        var learned = talk.learned
        if lesson == nil, order.restart != .never, let program {
          learned.exits = program.waitUntilOver(Self.soon)
        }
        // Another connection would be taken by what is left of it.
        if run.crash != nil, program?.end != nil { _ = program?.waitUntilOver(order.limit) }
        return Talk(
          run: run, socket: connection.id, start: start, manners: learned, earlierEnd: earlierEnd)
      }
    }
  }

  /// How soon a program ends that serves one connection.
  private static let soon: Nanoseconds = 100_000_000

  private func connect() -> Result<Result<PartsConnection, FailedCall>, CommandFailure> {
    let name = "shake.\(context.runner.nextTalk())"
    let deadline = cl_monotonic() + order.limit
    if let (address, kind) = program?.address {
      return .success(PartsConnection.open(address, kind, name: name, in: context.run, until: deadline))
    }
    guard case .address(let text) = order.target else { return .failure(.refused("shake: no address")) }
    let kind = text.streamKind
    return SocketAddress.first(text, kind: kind).mapError(CommandFailure.open).map {
      PartsConnection.open($0, kind, name: name, in: context.run, until: deadline)
    }
  }

  func lateEnd() -> String? {
    _ = program?.waitUntilOver(Self.soon)
    return program?.sight.takeStrayEnd()
  }

  func stop() { program?.stop() }
}

extension AddressText {
  /// The kind of stream socket that an address is of.
  var streamKind: SocketKind {
    switch self {
    case .path, .abstract: .unix
    case .inet, .session: .tcp
    }
  }
}
