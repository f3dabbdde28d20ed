/// Which key does what: one table, from which keys are looked up and the help is drawn.
public struct KeyMap: Sendable {
  public struct Binding: Sendable, Equatable {
    public var action: Action
    public var chords: [Chord]
  }

  public private(set) var bindings: [Binding]
  private var actions: [Chord: Action] = [:]

  public init(_ bindings: [Binding] = KeyMap.standard) {
    self.bindings = bindings
    for binding in bindings { for chord in binding.chords { actions[chord] = binding.action } }
  }

  /// The action of a key; nil if it has none.
  public func action(_ chord: Chord) -> Action? { actions[chord] }

  /// The key to tell people for an action.
  public func label(_ action: Action) -> String? {
    bindings.first { $0.action == action }?.chords.first?.label
  }

  /// Gives an action other keys; keys that meant something else before are taken away there.
  public mutating func bind(_ action: Action, to chords: [Chord]) {
    let others = bindings.filter { $0.action != action }.map { binding in
      Binding(action: binding.action, chords: binding.chords.filter { !chords.contains($0) })
    }
    self = KeyMap(others + [Binding(action: action, chords: chords)])
  }

  public static let standard: [Binding] = [
    Binding(action: .help, chords: [Chord("?"), Chord(.function(1))]),
    Binding(action: .palette, chords: [.control("p")]),
    Binding(action: .quit, chords: [Chord("q"), .control("c")]),
    Binding(action: .suspend, chords: [.control("z")]),
    Binding(action: .redraw, chords: [.control("l")]),
    Binding(action: .commandPrompt, chords: [Chord(":")]),
    Binding(action: .sendPrompt, chords: [Chord("s")]),
    Binding(action: .nextPane, chords: [Chord(.tab)]),
    Binding(action: .previousPane, chords: [Chord(.tab, .shift)]),
    Binding(action: .nextSocket, chords: [Chord("n")]),
    Binding(action: .previousSocket, chords: [Chord("p")]),
    Binding(action: .up, chords: [Chord(.up), Chord("k")]),
    Binding(action: .down, chords: [Chord(.down), Chord("j")]),
    Binding(action: .left, chords: [Chord(.left), Chord("h")]),
    Binding(action: .right, chords: [Chord(.right), Chord("l")]),
    Binding(action: .pageUp, chords: [Chord(.pageUp), .control("b")]),
    Binding(action: .pageDown, chords: [Chord(.pageDown), .control("f")]),
    Binding(action: .first, chords: [Chord("g"), Chord(.home)]),
    Binding(action: .follow, chords: [Chord("G"), Chord(.end)]),
    Binding(action: .choose, chords: [Chord(.enter)]),
    Binding(action: .cancel, chords: [Chord(.escape)]),
    Binding(action: .inspector, chords: [Chord("i")]),
    Binding(action: .lanes, chords: [Chord("v")]),
    Binding(action: .zoomIn, chords: [Chord("+"), Chord("=")]),
    Binding(action: .zoomOut, chords: [Chord("-")]),
    Binding(action: .time, chords: [Chord("t")]),
    Binding(action: .freeze, chords: [Chord("f")]),
    Binding(action: .filter, chords: [Chord("x")]),
    Binding(action: .copy, chords: [Chord("y")]),
    Binding(action: .bytesParts, chords: [Chord("b")]),
    Binding(action: .bytesReading, chords: [Chord("u")]),
    Binding(action: .bytesWidth, chords: [Chord("w")]),
    Binding(action: .mark, chords: [Chord("m")]),
    Binding(action: .pauseReceiving, chords: [Chord(.character(" "))]),
    Binding(action: .receiveOnce, chords: [Chord("r")]),
    Binding(action: .acceptOnce, chords: [Chord("a")]),
    Binding(action: .options, chords: [Chord("o")]),
    Binding(action: .endSending, chords: [Chord("e")]),
    Binding(action: .close, chords: [Chord("c")]),
    Binding(action: .reset, chords: [Chord("R")]),
  ]
}
