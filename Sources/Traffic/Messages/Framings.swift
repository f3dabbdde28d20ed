/// How both ways of a socket are cut; nil leaves a way as it is.
public struct Framings: Sendable, Equatable {
  public var received: FramingChoice?
  public var sent: FramingChoice?

  subscript(way: Direction) -> FramingChoice? {
    switch way {
    case .received: received
    case .sent: sent
    }
  }

  /// True if a way is cut.
  func cuts(_ way: Direction) -> Bool { self[way].map { $0.text != Framing.unframed.text } ?? false }
}

extension Journal {
  /// Those of a socket: its own, or those of the listener that accepted it.
  func framings(of socket: SocketID) -> Framings {
    guard let info = self.socket(socket)?.info else { return Framings() }
    let parent = info.parent.flatMap { self.socket($0)?.info }
    return Framings(
      received: info.receivedFraming ?? parent?.receivedFraming, sent: info.sentFraming ?? parent?.sentFraming
    )
  }
}
