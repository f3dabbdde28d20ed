/// Where the messages of a dialogue are cut, one after another.
public enum CutChoice: Sendable, Equatable {
  /// After each byte.
  case all
  /// After any two bytes of one message.
  case pairs
  /// After each of so many bytes.
  case every(Int)
  /// At these places, each on a connection of its own: `17`, or `17+20` for two cuts in one message.
  case at([[Int]])
  /// At so many places that a seed decides.
  case random(Int)
  /// Around the edges of the framing's tokens.
  case edges

  /// The choice as text that reads as the same choice.
  public var text: String {
    switch self {
    case .all: "all"
    case .pairs: "pairs"
    case .every(let step): "every \(step)"
    case .at(let places):
      "at " + places.map { $0.map(String.init).joined(separator: "+") }.joined(separator: ",")
    case .random(let count): "random \(count)"
    case .edges: "edges"
    }
  }
}
