/// What poll(2) and epoll_wait(2) say of one descriptor, with Linux's values, which are the same for both.
public struct PollEvents: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let readable = PollEvents(rawValue: 0x1)
  public static let urgent = PollEvents(rawValue: 0x2)
  public static let writable = PollEvents(rawValue: 0x4)
  public static let error = PollEvents(rawValue: 0x8)
  public static let hangUp = PollEvents(rawValue: 0x10)
  public static let invalid = PollEvents(rawValue: 0x20)
  public static let peerHangUp = PollEvents(rawValue: 0x2000)

  /// Every one with poll(2)'s name.
  public static let words: [(events: PollEvents, word: String)] = [
    (.readable, "POLLIN"), (.urgent, "POLLPRI"), (.writable, "POLLOUT"), (.error, "POLLERR"),
    (.hangUp, "POLLHUP"), (.invalid, "POLLNVAL"), (.peerHangUp, "POLLRDHUP"),
  ]

  /// The names of those that are set, in ascending order of their values.
  public var names: [String] { Self.words.filter { contains($0.events) }.map(\.word) }
}
