/// What there is to know of one option of the command line and of labs: parsing, help and completion read it
/// here.
public struct OptionRule: Sendable {
  /// The options, by their names after `--`.
  public enum Name: String, CaseIterable, Sendable {
    case `as`, udp, unix
    case unixDatagram = "unix-dgram"
    case seqpacket, recv, mode, edge, flags, timeout, lowat, pace, paused, rcvbuf, sndbuf, nodelay, cork,
      quickack
    case linger, keepalive, backlog, reuseport, reuseaddr, accept, broadcast, join, leave, v6only, gro, gso,
      oobinline
    case peekOff = "peek-off"
    case atEnd = "at-end"
    case from, up, down, slice, seed, gap, proof, coalesce, delay, rate, buffer
    case halfCloseLimit = "half-close-limit"
    case replay, received, wait, within
  }

  /// One of the words that an option takes.
  public struct Choice: Sendable, Equatable {
    public let word: String
    /// What it does, for lists.
    public let meaning: String

    init(_ word: String, _ meaning: String) {
      self.word = word
      self.meaning = meaning
    }
  }

  /// What an option takes.
  public enum Value: Sendable, Equatable {
    case none
    /// Nothing, or `on` or `off`.
    case toggle
    case name
    case size
    case duration
    /// `off` is none at all.
    case durationOrOff
    case flags
    case choice([Choice])
    /// A multicast group, perhaps with an interface.
    case group
    /// A whole number, or `off`.
    case countOrOff
    case address
    /// A size, or two with `..` between them, or `off`.
    case sizes
    /// A size, or `off`.
    case sizeOrOff
    /// A whole number.
    case number
    /// A recording, and a socket in it.
    case recorded

    /// How the value is shown in help; empty where there is none.
    public var placeholder: String {
      switch self {
      case .none, .toggle: ""
      case .name: "NAME"
      case .size: "N"
      case .group: "GROUP[%IFACE]"
      case .countOrOff: "N"
      case .address: "ADDRESS"
      case .sizes: "N|A..B"
      case .sizeOrOff, .number: "N"
      case .recorded: "FILE:SOCKET"
      case .duration, .durationOrOff: "D"
      case .flags: "FLAG,…"
      case .choice(let choices): choices.map(\.word).joined(separator: "|")
      }
    }
  }

  /// The commands that take options of this table.
  public enum Place: String, CaseIterable, Sendable { case listen, connect, relay, set }

  public let name: Name
  public let value: Value
  /// What it does, for help.
  public let meaning: String
  public let places: Set<Place>
  /// Why the other commands do not take it.
  let elsewhere: String
  public let kinds: Set<SocketKind>
  /// Why the other kinds do not take it.
  let otherKinds: String

  init(
    _ name: Name, _ value: Value, _ meaning: String, places: Set<Place> = Set(Place.allCases),
    elsewhere: String = "", kinds: Set<SocketKind> = Set(SocketKind.allCases), otherKinds: String = ""
  ) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.places = places
    self.elsewhere = elsewhere
    self.kinds = kinds
    self.otherKinds = otherKinds
  }

  /// How its value is shown in the help of a command.
  public func placeholder(in place: Place) -> String {
    name == .mode && place == .relay ? "select|poll|epoll" : value.placeholder
  }

  /// What it does, with what holds if it is not given.
  public func meaning(in place: Place) -> String {
    guard place == .relay else { return meaning }
    switch name {
    case .recv: return "bytes that each recv asks for, as far as there is room inside (65536)"
    case .mode: return "the call that waits for both sides (select)"
    case .paused: return "begin without receiving: resume NAME goes on"
    default: return meaning
    }
  }

  /// True if only relays take it.
  public var isRelays: Bool { places.contains(.relay) && places.isDisjoint(with: [.listen, .connect]) }

  /// True for what is decided before bind(2).
  public var isAboutBind: Bool { name == .reuseport || name == .reuseaddr || name == .v6only }

  /// True if it may be given several times: a socket can be in several groups, and a relay's way be spoken of again.
  var isRepeatable: Bool { value == .group || name == .up || name == .down }

  /// The option as it is written, such as `--recv`.
  public var word: String { "--\(name.rawValue)" }

  /// The rule of an option.
  public static func rule(_ name: Name) -> OptionRule { byName[name.rawValue] ?? all[0] }

  /// The rule of a word without its `--`; nil if there is none.
  public static func rule(named name: String) -> OptionRule? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name.rawValue, $0) })

  public func refusal(in place: Place) -> String? {
    places.contains(place) ? nil : "\(word) does not fit \(place.rawValue): \(elsewhere)"
  }

  func refusal(for kind: SocketKind) -> String? {
    kinds.contains(kind) ? nil : "\(word) does not fit a \(kind.rawValue) socket: \(otherKinds)"
  }
}
