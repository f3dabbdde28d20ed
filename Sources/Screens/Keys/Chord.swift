/// A key with its modifiers, as pressed and as written in a configuration: `ctrl-p`, `shift-tab`, `f1`, `G`.
public struct Chord: Hashable, Sendable {
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  public var key: Key
  public var modifiers: Modifiers

  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }

  public init(_ scalar: Unicode.Scalar) { self.init(.character(scalar)) }

  static func control(_ scalar: Unicode.Scalar) -> Chord { Chord(.character(scalar), .control) }

  private static let names: [(Key, String, symbol: String)] = [
    (.up, "up", "↑"), (.down, "down", "↓"), (.left, "left", "←"), (.right, "right", "→"),
    (.home, "home", "Home"),
    (.end, "end", "End"), (.pageUp, "page-up", "PgUp"), (.pageDown, "page-down", "PgDn"),
    (.insert, "insert", "Ins"), (.delete, "delete", "Del"), (.backspace, "backspace", "Backspace"),
    (.enter, "enter", "Enter"), (.tab, "tab", "Tab"), (.escape, "escape", "Esc"),
    (.character(" "), "space", "Space"),
  ]

  /// As a key's cap and the help say it: `Ctrl-P`, `↑`, `F1`.
  public var label: String {
    var label = ""
    if modifiers.contains(.control) { label += "^" }
    if modifiers.contains(.alt) { label += "Alt-" }
    if modifiers.contains(.shift) { label += "Shift-" }
    if let known = Self.names.first(where: { $0.0 == key }) { return label + known.symbol }
    switch key {
    case .character(let scalar): return label + (label == "^" ? String(scalar).uppercased() : String(scalar))
    case .function(let number): return label + "F\(number)"
    case .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .backspace, .enter,
      .tab, .escape:
      return label
    }
  }

  /// Reads `ctrl-p`, `alt-x`, `shift-tab`, `f1`, `space`, `G`; nil if it is none.
  public init?(_ text: String) {
    var rest = text[...]
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]
    while let prefix = prefixes.first(where: { rest.hasPrefix($0.0) }) {
      modifiers.insert(prefix.1)
      rest = rest.dropFirst(prefix.0.count)
    }
    let scalars = rest.unicodeScalars
    if let known = Self.names.first(where: { $0.1 == rest }) {
      self.init(known.0, modifiers)
    } else if rest.first == "f", let number = Int(rest.dropFirst()), (1...24).contains(number) {
      self.init(.function(number), modifiers)
    } else if scalars.count == 1, let scalar = scalars.first, scalar.value > 0x20 {
      self.init(.character(scalar), modifiers)
    } else {
      return nil
    }
  }
}
