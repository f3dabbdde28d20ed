import CLinux
import Glibc
import Synchronization
import Testing
import Traffic
import Watching

/// What a test keeps of the events of one program.
final class Seen: Sendable {
  struct Call: Equatable {
    var name: String
    var process: Int32
    var thread: Int32
    var descriptor: Int32
    var socket: Int?
    var kind: SocketKind?
    var result: Int64
    var asked: Int
    var bytes: [UInt8]
    var address: String?
    var queued: Int?
    var waited: Nanoseconds
    var entered: Nanoseconds
    var conditions: Conditions
    var detail: String
  }

  struct Events {
    var calls: [Call] = []
    var failure: WatchFailure?
    var exits: [Int32: ProgramEnd] = [:]
    /// Ports that were told, each with how many calls were before.
    var ports: [(port: UInt16, calls: Int)] = []
    var signals: [Int32] = []
    var unseen: [UnseenReason] = []
    var lost = 0
    var program: Int32?
    var isOver = false
  }

  private let events = Mutex(Events())
  let watch: Watch

  init(
    _ options: WatchOptions = WatchOptions(), keepsBytes: Bool = true,
    recordedIn journal: ProgramJournal? = nil
  ) {
    _ = Self.process
    watch = Watch(options, recordedIn: journal)
    watch.listen { [weak self] event in self?.take(event, keepsBytes: keepsBytes) }
  }

  /// The interrupting signal, as the program sets it up.
  private static let process = cl_install_interrupt()

  private func take(_ event: ProgramEvent, keepsBytes: Bool) {
    switch event {
    case .began(let process): events.withLock { $0.program = process }
    case .failed(let failure):
      events.withLock {
        $0.failure = failure
        $0.isOver = true
      }
    case .call(let call, let bytes):
      let seen = Call(
        name: call.call.name, process: call.process, thread: call.thread, descriptor: call.descriptor,
        socket: call.socket?.number, kind: call.socket?.kind, result: call.result, asked: call.asked,
        bytes: keepsBytes ? Array(bytes) : [], address: call.address, queued: call.queued,
        waited: call.left - call.entered, entered: call.entered, conditions: call.conditions,
        detail: Self.text(call.detail))
      events.withLock { $0.calls.append(seen) }
    case .willUse(let port): events.withLock { $0.ports.append((port, $0.calls.count)) }
    case .signal(_, _, let number): events.withLock { $0.signals.append(number) }
    case .unseen(let what, _, _): events.withLock { $0.unseen.append(what) }
    case .lost(let calls, _): events.withLock { $0.lost += calls }
    case .exited(let process, let status): events.withLock { $0.exits[process] = status }
    case .ended: events.withLock { $0.isOver = true }
    }
  }

  private static func text(_ detail: SeenCall.Detail) -> String {
    func names(_ sockets: [SeenSocket]) -> String {
      sockets.map { "\($0.descriptor)" }.joined(separator: ",")
    }
    return switch detail {
    case .none: ""
    case .accepted(let socket): "accepted \(socket.descriptor) \(socket.local ?? "-") \(socket.peer ?? "-")"
    case .backlog(let backlog): "backlog \(backlog)"
    case .shutdown(let how): "\(how)"
    case .close(let how, let unread, let isLast): "\(how) \(unread.map(String.init) ?? "-") \(isLast)"
    case .option(let name, let value): "\(name)=\(value)"
    case .wait(let wait):
      "\(wait.call.name) r[\(names(wait.readable))] w[\(names(wait.writable))] x[\(names(wait.exceptional))]"
    case .descriptor(let made): "\(made)"
    case .fromFile(let isSend): isSend ? "from file" : "to file"
    }
  }

  var now: Events { events.withLock { $0 } }

  /// Waits until something holds, or a minute is over.
  func wait(
    _ what: Comment = "the program's end", sourceLocation: SourceLocation = #_sourceLocation,
    until condition: (Events) -> Bool = { $0.isOver }
  ) -> Events {
    let deadline = cl_monotonic() + 60_000_000_000
    while true {
      // A copy would make the next call copy all that came before it.
      if events.withLock({ condition($0) }) { return now }
      if cl_monotonic() > deadline {
        Issue.record(what, sourceLocation: sourceLocation)
        watch.end()
        return now
      }
      usleep(1000)
    }
  }

  /// Starts a program and waits for its end.
  static func run(
    _ words: [String], _ options: WatchOptions = WatchOptions(), keepsBytes: Bool = true
  ) -> Events {
    let seen = Seen(options, keepsBytes: keepsBytes)
    var command = ProgramCommand(words)
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    (command.input, command.output) = (null, null)
    seen.watch.start(command)
    return seen.wait()
  }

  /// A file of the folder `Programs`.
  static func program(_ name: String, file: StaticString = #filePath) -> String {
    let folder = "\(file)".split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/Programs/" + name
  }
}
