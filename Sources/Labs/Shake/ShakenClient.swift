import CLinux
import Sockets
import Synchronization
import SystemPackage
import Traffic
import Watching

/// A client that is started for each connection and watched. What it receives is cut; its answer is what it writes, and the status that it
/// exits with.
final class ShakenClient: ShakenPeer {
  private let order: ShakeOrder
  private let context: CommandContext
  private let words: [String]
  private let address: AddressText
  private let listener = Mutex<PartsListener?>(nil)
  private let newest = Mutex<ShakenProgram?>(nil)

  init(_ order: ShakeOrder, _ context: CommandContext, _ words: [String], listen address: AddressText) {
    (self.order, self.context, self.words, self.address) = (order, context, words, address)
  }

  func talk(
    _ cuts: CutPlaces?, _ plan: PartsTalk.Plan, _ lesson: Lesson?, _ isStopped: @escaping @Sendable () -> Bool
  ) -> Result<Talk?, CommandFailure> {
    opened().flatMap { listener in
      let program = ShakenProgram(context, words, at: nil, limit: order.limit)
      newest.withLock { $0 = program }
      let start = context.run.clock.now
      return program.startClient().flatMap {
        defer { program.stop() }
        let name = "shake.\(context.runner.nextTalk())"
        guard
          let connection = listener.accept(
            name: name, until: cl_monotonic() + ShakenProgram.patience,
            orWhen: { program.isOver || isStopped() })
        else { return .failure(program.hasNotConnected(to: listener.local)) }
        var talk = PartsTalk(
          connection, sight: (program.sight, connection.peer), bell: Bell(), plan: plan, lesson: nil,
          isStopped: isStopped)
        var run = talk.runAnswering(cuts) { program.waitUntilDone(self.order.limit) }
        // What it wrote is its answer, and that it crashed where a signal ended it.
        run.crash = nil
        if case .killed(let signal)? = program.end { run.crash = ProgramSight.phrase(ofSignal: signal) }
        run.answers = []
        if case .exited(let status)? = program.end {
          run.answers = [program.output + Array("\(Self.prefix)\(status))".utf8)]
          run.end = .closed
        } else {
          run.end = .open
        }
        return .success(Talk(run: run, socket: connection.id, start: start))
      }
    }
  }

  private static let prefix = "(exit status "

  /// The exit status that its answer ends with.
  static func status(in answers: [[UInt8]]) -> Int {
    let digits = answers.last?.dropLast().reversed().prefix { (0x30...0x39).contains($0) } ?? []
    return Int(String(decoding: digits.reversed(), as: UTF8.self)) ?? 0
  }

  private func opened() -> Result<PartsListener, CommandFailure> {
    listener.withLock { known in
      if let known { return .success(known) }
      return PartsListener.open(address, address.streamKind, name: "shake", in: context.run)
        .mapError(CommandFailure.open).map {
          known = $0
          return $0
        }
    }
  }

  func lateEnd() -> String? { nil }

  func stop() {
    newest.withLock { $0 }?.stop()
    listener.withLock { $0?.close() }
  }
}
