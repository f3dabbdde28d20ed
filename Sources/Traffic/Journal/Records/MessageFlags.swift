/// The MSG_ flags of recv(2) and send(2) that a call was given, with Linux's values.
public struct MessageFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let outOfBand = MessageFlags(rawValue: 0x1)
  public static let peek = MessageFlags(rawValue: 0x2)
  public static let truncate = MessageFlags(rawValue: 0x20)
  public static let dontWait = MessageFlags(rawValue: 0x40)
  public static let waitAll = MessageFlags(rawValue: 0x100)
  public static let noSignal = MessageFlags(rawValue: 0x4000)
  public static let more = MessageFlags(rawValue: 0x8000)

  /// Every flag with the word the command line and the JSON use for it.
  public static let words: [(flag: MessageFlags, word: String)] = [
    (.outOfBand, "oob"), (.peek, "peek"), (.truncate, "trunc"), (.dontWait, "dontwait"),
    (.waitAll, "waitall"), (.noSignal, "nosignal"), (.more, "more"),
  ]

  /// The words of the flags that are set, in ascending order of their values.
  public var names: [String] { Self.words.filter { contains($0.flag) }.map(\.word) }
}
