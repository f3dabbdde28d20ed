/// Which key does what: one table, from which keys are looked up and the help is drawn.
public struct KeyMap: Sendable, Equatable {
  public struct Binding: Sendable, Equatable {
    public var action: Action
    public var chords: [Chord]
  }

  public private(set) var bindings: [Binding]
  private var actions: [KeyContext: [Chord: Action]] = [:]

  public init(_ bindings: [Binding] = KeyMap.standard) {
    self.bindings = bindings
    for binding in bindings {
      for chord in binding.chords { actions[binding.action.context, default: [:]][chord] = binding.action }
    }
  }

  /// The action of a key; nil if it has none.
  /// - Parameter context: its keys count first.
  public func action(_ chord: Chord, in context: KeyContext = .panes) -> Action? {
    ([context] + KeyContext.allCases).lazy.compactMap { actions[$0]?[chord] }.first
  }

  /// The key to tell people for an action.
  public func label(_ action: Action) -> String? { chord(action)?.label }

  /// The first key of an action; nil if it has none.
  public func chord(_ action: Action) -> Chord? { bindings.first { $0.action == action }?.chords.first }

  /// Gives an action other keys; keys that meant something else before are taken away there.
  public mutating func bind(_ action: Action, to chords: [Chord]) {
    self = KeyMap(
      bindings.map { binding in
        let isBeside = action.context != binding.action.context
        let others = isBeside ? binding.chords : binding.chords.filter { !chords.contains($0) }
        return Binding(action: binding.action, chords: binding.action == action ? chords : others)
      })
  }

  public static let standard = ActionRule.all.map { Binding(action: $0.action, chords: $0.chords) }
}
