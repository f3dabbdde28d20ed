/// Of which records statistics are made.
public struct StatisticsScope: Sendable, Equatable {
  /// Those of this socket, and of what it accepted; of all if nil.
  public var socket: SocketID?
  public var filter: Filter?
  /// What they can be.
  public var kinds: RecordKinds
  /// Messages that are completed count too.
  public var countsMessages: Bool
  /// Those before this sequence number.
  public var end: Int

  public init(
    of socket: SocketID? = nil, where filter: Filter? = nil, kinds: RecordKinds = .all,
    countsMessages: Bool = true, before end: Int = .max
  ) {
    self.socket = socket
    self.filter = filter
    self.kinds = kinds
    self.countsMessages = countsMessages
    self.end = end
  }
}
