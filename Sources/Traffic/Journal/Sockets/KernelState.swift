/// What the kernel says of a socket at one moment, asked when somebody looks. No part of the journal.
public struct KernelState: Sendable, Equatable {
  /// One thing it says, with the kernel's or the man page's name for it.
  public struct Fact: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The TCP state in the words of ss(8), such as `ESTAB`; nil for other kinds, and where TCP_INFO does not say.
  public var tcp: String?
  /// Bytes to read; of a datagram socket, of the next datagram (SIOCINQ).
  public var receiveQueue: Int?
  /// Bytes that the peer has not acknowledged (SIOCOUTQ).
  public var sendQueue: Int?
  /// Of a TCP listener: connections that wait for accept(2), and how many may.
  public var backlog: (waiting: Int, limit: Int)?
  public var facts: [Fact] = []
  /// What no kernel says: of a relay's socket, what it received and is held. The first ones, and their first bytes.
  public var held: [HeldPiece] = []

  public init() {}

  public static func == (left: KernelState, right: KernelState) -> Bool {
    left.tcp == right.tcp && left.receiveQueue == right.receiveQueue && left.sendQueue == right.sendQueue
      && left.backlog?.waiting == right.backlog?.waiting && left.backlog?.limit == right.backlog?.limit
      && left.facts == right.facts && left.held == right.held
  }
}
