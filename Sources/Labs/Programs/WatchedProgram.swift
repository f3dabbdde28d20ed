import Sockets
import Synchronization
import Traffic
import Watching

/// A program that is watched, as what stands behind its name. Its sockets are its own: nobody else receives there, sends or
/// sets options.
final class WatchedProgram: OpenSession {
  let id: SocketID
  let name: String
  let watch: Watch
  /// What types to it; nil where what it reads is not ours.
  let keyboard: Keyboard?
  /// What reads its output; nil where that is not ours.
  let pump: OutputPump?
  /// It goes on when recvscope ends.
  let livesOn: Bool
  private let run: Run
  private struct State {
    var process: Int32?
    var end: ProgramEnd?
    var isClosed = false
    var whenOver: [@Sendable () -> Void] = []
  }
  private let state = Mutex(State())

  init(id: SocketID, name: String, watch: Watch, channel: ProgramChannel?, livesOn: Bool, run: Run) {
    self.id = id
    self.name = name
    self.watch = watch
    self.livesOn = livesOn
    pump = channel.map(OutputPump.init)
    keyboard = channel.map { channel in
      Keyboard(channel) { run.mark(id, "what was typed was not read: \($0.phrase)") }
    }
    self.run = run
  }

  /// The process that was started or attached to; nil before.
  var process: Int32? {
    get { state.withLock { $0.process } }
    set { state.withLock { $0.process = newValue } }
  }

  /// How it ended; nil while it runs, and where it was let go.
  var programEnd: ProgramEnd? {
    get { state.withLock { $0.end } }
    set { state.withLock { $0.end = newValue } }
  }

  /// Nothing more comes of it: it has ended, and all that it wrote is recorded.
  func markOver() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.whenOver = [] }
      return state.whenOver
    }
    keyboard?.close()
    run.writer.update(id) { $0.hasEnded = true }
    for tell in waiting { tell() }
  }

  /// Calls this once when nothing more comes of it.
  func whenOver(_ tell: @escaping @Sendable () -> Void) {
    let isAlready = state.withLock { state in
      if !state.isClosed { state.whenOver.append(tell) }
      return state.isClosed
    }
    if isAlready { tell() }
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }
  var accepts: Bool { false }
  var kernelState: KernelState? { nil }

  /// Where its first listener that is open listens, or its first bound datagram socket.
  var ownAddress: SocketAddress? {
    for socket in run.journal.sockets {
      guard let (info, totals) = run.journal.socket(socket), info.name.hasPrefix("\(name).fd"),
        info.role == .listener || info.role == .bound, !totals.isClosed, let local = info.local,
        let address = SocketAddress(known: local, kind: info.kind)
      else { continue }
      return address
    }
    return nil
  }

  func set(_ settings: [Setting]) -> Result<Void, RefusedOption> { .failure(RefusedOption(Self.notOurs)) }
  func pause() {}
  func resume() -> Result<Void, RefusedOption> { .failure(RefusedOption(Self.notOurs)) }
  func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? { nil }

  /// Ends the program, or lets go of it.
  func close(isReset: Bool) { _ = Worker.start("close") { self.watch.end() } }
  func end() { if !isClosed { watch.end() } }
  func removeFile() {}

  static let notOurs =
    "the program that is watched makes the calls on its sockets; recvscope only sees them"
}

/// One socket of a watched program.
struct WatchedSocket: OpenSession {
  let id: SocketID
  let name: String
  let isClosed: Bool

  var accepts: Bool { false }
  var ownAddress: SocketAddress? { nil }
  var kernelState: KernelState? { nil }

  func set(_ settings: [Setting]) -> Result<Void, RefusedOption> {
    .failure(RefusedOption(WatchedProgram.notOurs))
  }
  func pause() {}
  func resume() -> Result<Void, RefusedOption> { .failure(RefusedOption(WatchedProgram.notOurs)) }
  func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? { nil }
  func close(isReset: Bool) {}
  func end() {}
  func removeFile() {}
}
