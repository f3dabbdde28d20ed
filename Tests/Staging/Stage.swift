import CLinux
import Labs
import Sockets
import Testing
import Traffic

/// One run and the lab lines that are played in it. What is still open is closed at the end of the test.
public final class Stage: Sendable {
  /// No condition is waited for longer than this; only a test that fails waits so long.
  public static let patience: Nanoseconds = 20_000_000_000

  /// What the program sets up once: the interrupting signal, many descriptors, the kernel's stamps.
  private static let process: Stamping? = {
    _ = cl_install_interrupt()
    DescriptorLimit.raise()
    return Stamping()
  }()

  public let run: Run
  public let manager: SessionManager
  public let runner: LabRunner
  private let allClosed = Bell()
  public var journal: Journal { run.journal }

  /// - Parameter memory: the journal's limit in bytes.
  public init(memory: Int = 64 << 20) {
    _ = Self.process
    run = Run(memory: memory)
    manager = SessionManager(run, allClosed: allClosed.ring)
    runner = LabRunner(manager)
  }

  deinit { manager.end() }

  /// Plays lines in order; the first that fails ends that.
  public func play(_ text: String) throws {
    for line in try Lab(parsing: text).lines { try runner.perform(line.command, line: line.number).get() }
  }

  /// What the first line that fails says.
  public func failure(of text: String) -> String? {
    do {
      try play(text)
      return nil
    } catch {
      return (error as? CommandFailure)?.message ?? "\(error)"
    }
  }

  public func id(_ name: String) throws -> SocketID {
    try #require(journal.socket(named: name), "no socket \(name)")
  }

  public func connection(_ name: String) throws -> Connection {
    guard case .open(let connection as Connection) = manager.session(named: name) else {
      throw NoConnection(name: name)
    }
    return connection
  }

  /// The records of one socket and kind, oldest first.
  public func records(_ name: String, _ kind: Record.Kind) throws -> [Record] {
    let id = try id(name)
    return journal.records(of: id, in: journal.ranks(of: id)).map(\.record).filter { $0.kind == kind }
  }

  /// What the notes on one socket say.
  public func marks(_ name: String) throws -> [String] {
    try records(name, .mark).compactMap { journal.payload(of: $0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The bytes of its stream, in order.
  public func received(_ name: String) throws -> [UInt8] {
    try records(name, .recv).filter { !$0.flags.contains(.peek) && !$0.flags.contains(.outOfBand) }
      .flatMap { journal.payload(of: $0) ?? [] }
  }

  /// Why each recv call returned what it did, without those that only asked in vain.
  public func reasons(_ name: String) throws -> [Reason] {
    try records(name, .recv).compactMap(Reason.init).filter { $0 != .wouldBlock }
  }

  /// Waits until a condition holds; it is looked at after each record, and when all is closed.
  public func wait(_ what: Comment, until condition: () -> Bool) throws {
    let holds = journal.wait(limit: Self.patience, bell: allClosed, until: condition)
    try #require(holds, what)
  }

  public struct NoConnection: Error {
    let name: String
  }
}
