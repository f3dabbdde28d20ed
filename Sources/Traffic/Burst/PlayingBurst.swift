/// How far a burst is that is being played.
public struct PlayingBurst: Sendable, Equatable {
  public var socket: SocketID
  /// The socket's name.
  public var name: String
  /// Number of the burst, from 1 in a run.
  public var number: Int
  /// Payloads that the kernel took so far, and all of them; nil where a macro's length is not known.
  public var sends: Int
  public var totalSends: Int?
  /// Bytes that the kernel took so far, and all of them; nil where a macro's length is not known.
  public var bytes: Int64
  public var totalBytes: Int64?
  /// Where the schedule is, pauses by hand not counted, and how long it is; nil where that is not known.
  public var time: Nanoseconds
  public var length: Nanoseconds?
  public var isPaused: Bool
  /// It has a `within`, which is judged at its end.
  public var isJudged: Bool
  /// Bursts of the same socket that wait behind it.
  public var queued: Int

  public init(
    socket: SocketID, name: String, number: Int, sends: Int, totalSends: Int?, bytes: Int64,
    totalBytes: Int64?,
    time: Nanoseconds, length: Nanoseconds?, isPaused: Bool, isJudged: Bool = false, queued: Int
  ) {
    self.socket = socket
    self.name = name
    self.number = number
    self.sends = sends
    self.totalSends = totalSends
    self.bytes = bytes
    self.totalBytes = totalBytes
    self.time = time
    self.length = length
    self.isPaused = isPaused
    self.isJudged = isJudged
    self.queued = queued
  }
}
