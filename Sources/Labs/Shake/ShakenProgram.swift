import CLinux
import Sockets
import Synchronization
import SystemPackage
import Traffic
import Watching

/// The program that is shaken: started, watched, and started again when it has ended.
final class ShakenProgram: Sendable {
  private struct State {
    var program: WatchedProgram?
    var process: Int32?
    var address: SocketAddress?
    var kind = SocketKind.tcp
    var end: ProgramEnd?
    var isOver = false
    /// Once it has listened.
    var hasListened = false
  }

  /// How long a program may take until it listens: interpreters that load much, on a busy machine.
  static let patience: Nanoseconds = 10_000_000_000

  let sight = ProgramSight()
  private let context: CommandContext
  private let words: [String]
  /// The listener that is meant; nil is its first.
  private let wanted: AddressText?
  private let limit: Nanoseconds
  private let state = Mutex(State())
  private let changed = Bell()
  /// Starts and ends it one at a time.
  private let turn = Mutex(())

  /// - Parameter limit: how long an answer may take; if that is long, so may it take until it listens.
  init(_ context: CommandContext, _ words: [String], at wanted: AddressText?, limit: Nanoseconds) {
    (self.context, self.words, self.wanted, self.limit) = (context, words, wanted, limit)
  }

  /// Where it listens, and by which kind of socket.
  var address: (SocketAddress, SocketKind)? {
    state.withLock { state in state.address.map { ($0, state.kind) } }
  }

  /// The newest that was started; nil before.
  var name: String? { state.withLock { $0.program?.name } }

  var isOver: Bool { state.withLock { $0.isOver } }

  /// How its first process ended; nil while it runs.
  var end: ProgramEnd? { state.withLock { $0.end } }

  /// Starts a client, which does not listen.
  func startClient() -> Result<Void, CommandFailure> { turn.withLock { _ in launch() } }

  /// Starts it, where it does not run, and waits until it listens.
  /// - Parameter isStopped: ends the wait.
  func start(_ isStopped: () -> Bool) -> Result<Void, CommandFailure> {
    turn.withLock { _ in
      if state.withLock({ $0.program != nil && !$0.isOver }) { return .success(()) }
      return launch().flatMap { waitUntilItListens(isStopped) }
    }
  }

  private func launch() -> Result<Void, CommandFailure> {
    context.manager.reserve(nil, or: "app").mapError(CommandFailure.open).flatMap { name in
      sight.startOver()
      state.withLock { $0 = State() }
      var order = WatchOrder(.command(words))
      order.name = name
      order.usesTerminal = false
      return context.watch(order, { [self] in take($0) }).map {
        state.withLock { $0.program = context.runner.programs.withLock { $0[name] } }
      }
    }
  }

  private func waitUntilItListens(_ isStopped: () -> Bool) -> Result<Void, CommandFailure> {
    let patience = max(Self.patience, limit)
    let deadline = cl_monotonic() + patience
    while true {
      let (hasListened, isOver) = state.withLock { ($0.hasListened, $0.isOver) }
      if hasListened { return .success(()) }
      if isOver { return .failure(notDone("it ended before it listened")) }
      if isStopped() { return .failure(notDone("stopped before it listened")) }
      if cl_monotonic() >= deadline {
        return .failure(
          notDone(
            "it does not listen\(wanted.map { " at \($0.text)" } ?? "") after \(patience / 1_000_000_000) s"))
      }
      changed.wait(until: min(deadline, cl_monotonic() + 100_000_000))
    }
  }

  /// Why a client was waited for in vain.
  func hasNotConnected(to address: String) -> CommandFailure {
    notDone(isOver ? "it ended and had not connected to \(address)" : "it has not connected to \(address)")
  }

  /// What it does not do, with everything that its calls and its output tell about why.
  private func notDone(_ what: String) -> CommandFailure {
    var parts = [what]
    switch end {
    case .exited(let status): parts[0] += ": it exited with status \(status)"
    case .killed(let signal): parts[0] += ": \(ProgramSight.phrase(ofSignal: signal))"
    case nil: break
    }
    let troubles = sight.troubles
    if let bind = troubles.bind { parts.append(bind) }
    if troubles.datagrams, troubles.bind == nil { parts.append(ShakeOrder.Target.noStream(.udp)) }
    if let line = lastWords { parts.append("it wrote: \(line)") }
    let failure = OpenFailure(
      call: "shake", object: words.joined(separator: " "), reason: parts.joined(separator: "; "))
    return .open(failure)
  }

  /// The last line that it wrote.
  private var lastWords: String? {
    output.split(separator: UInt8(ascii: "\n")).last.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What it wrote last, to standard output and to standard error.
  var output: [UInt8] {
    guard let program = state.withLock({ $0.program }) else { return [] }
    let ranks = context.journal.ranks(of: program.id)
    let newest = max(ranks.lowerBound, ranks.upperBound - 1000)..<ranks.upperBound
    return context.journal.records(of: program.id, in: newest).filter { $0.record.kind == .output }
      .flatMap { context.journal.payload(of: $0.record) ?? [] }
  }

  /// Waits until nothing of it is left, and all that it wrote is recorded.
  func waitUntilDone(_ limit: Nanoseconds) {
    let deadline = cl_monotonic() + limit
    _ = waitUntilOver(limit)
    while state.withLock({ $0.program })?.isClosed == false, isOver, cl_monotonic() < deadline {
      _ = cl_sleep_until(cl_monotonic() + 200_000)
    }
  }

  /// Waits until nothing of it is left.
  /// - Returns: false if it goes on.
  func waitUntilOver(_ limit: Nanoseconds) -> Bool {
    let deadline = cl_monotonic() + limit
    while !isOver, cl_monotonic() < deadline {
      changed.wait(until: min(deadline, cl_monotonic() + 20_000_000))
    }
    return isOver
  }

  /// Ends it, if it runs; returns when nothing of it is left.
  func stop() {
    turn.withLock { _ in
      guard let program = state.withLock({ $0.program }) else { return }
      sight.expectEnd()
      program.end()
      program.watch.waitUntilOver()
    }
  }

  // MARK: Told by the tracing thread

  private func take(_ event: borrowing ProgramEvent) {
    // Who is rung by what is seen asks what is known here.
    switch event {
    case .began(let process): state.withLock { $0.process = process }
    case .exited(let process, let end): state.withLock { if $0.process == process { $0.end = end } }
    case .call, .willUse, .ended, .failed, .signal, .unseen, .lost: break
    }
    sight.take(event)
    switch event {
    case .call(let call, _):
      guard call.call == .listen, call.result == 0, let socket = call.socket else { return }
      listens(socket.local, socket.kind)
    case .ended, .failed:
      state.withLock { $0.isOver = true }
      changed.ring()
    case .began, .willUse, .exited, .signal, .unseen, .lost: break
    }
  }

  private func listens(_ local: String?, _ kind: SocketKind) {
    guard !kind.keepsBoundaries, let local, let address = SocketAddress(known: local, kind: kind) else {
      return
    }
    if let wanted {
      guard case .inet(_, let port) = wanted else {
        if wanted.text != local { return }
        return found(address, kind)
      }
      if address.port != port { return }
    }
    found(address, kind)
  }

  private func found(_ address: SocketAddress, _ kind: SocketKind) {
    state.withLock { state in
      if state.address == nil { (state.address, state.kind) = (address, kind) }
      state.hasListened = true
    }
    changed.ring()
  }
}
