import Traffic

/// One socket of a watched program: the same one behind every descriptor that dup(2), fork(2) or another process made of it.
///
/// It belongs to the tracing thread: who is told of a call may look at it until it returns, and keeps `number`.
public final class SeenSocket {
  /// Names it among the sockets of one `Watch`, from 0.
  public let number: Int
  public let kind: SocketKind
  /// Where it was seen first.
  public let descriptor: Int32
  public let process: Int32
  /// The one whose accept(2) returned it.
  public let listener: SeenSocket?
  /// Of getsockname(2) and getpeername(2), as far as they are known; of a connect(2) that is under way or has failed
  /// what it was asked for.
  public internal(set) var local: String? { didSet { note(local != oldValue) } }
  public internal(set) var peer: String? { didSet { note(peer != oldValue) } }
  public internal(set) var isListening = false { didSet { note(isListening != oldValue) } }
  /// Counts the changes of what is above.
  public private(set) var version = 0

  /// By which the kernel knows it.
  let inode: UInt64
  /// Descriptors that are known to be it.
  var holders = 0
  /// Times that it was sent to somebody (SCM_RIGHTS) who has not taken it as far as is known.
  var inFlight = 0
  /// TCP: `tcpi_data_segs_in`, and bytes that were left, after the newest recv; -1 unknown.
  var segments: Int64 = 0
  var left: Int32 = -1
  var hasFIN = false

  private func note(_ isChanged: Bool) { if isChanged { version += 1 } }

  init(
    number: Int, kind: SocketKind, descriptor: Int32, process: Int32, listener: SeenSocket?, inode: UInt64
  ) {
    self.number = number
    self.kind = kind
    self.descriptor = descriptor
    self.process = process
    self.listener = listener
    self.inode = inode
  }
}
