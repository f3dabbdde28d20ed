/// What two runs have at one place: a call of each, or of one where the other has none.
public struct ComparedRow: Sendable, Equatable {
  public var a: ComparedCall?
  public var b: ComparedCall?

  /// Both returned the same, or failed in the same way.
  public var isSame: Bool { a != nil && a?.record.result == b?.record.result }

  /// In the stream; of datagrams, where each begins among all bytes of its own run.
  public var offset: Int64 { min(a?.record.offset ?? .max, b?.record.offset ?? .max) }

  /// How much longer B's call waited; nil where there is only one.
  public var waited: Nanoseconds? {
    guard let a, let b else { return nil }
    return b.record.waited - a.record.waited
  }
}
