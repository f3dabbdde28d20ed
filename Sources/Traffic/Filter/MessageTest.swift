/// An expression as a closure over messages: what is not known of them is unknown.
struct MessageTest: Sendable {
  typealias Truth = @Sendable (MessageFacts, SocketID, FilterSockets) -> Bool?

  let truth: Truth

  /// - Parameter inner: what stands in each `any( )`, in the order of the text.
  init(_ expression: FilterExpression, _ inner: [FilterExpression]) {
    truth =
      switch expression {
      case .comparison(let name, let relation, let value): Self.comparison(name, relation, value)
      case .has(let name): { facts, _, _ in facts.fact(name) != nil }
      case .any(let expression): Self.any(inner.firstIndex(of: expression) ?? inner.count)
      case .not(let part): Self.not(MessageTest(part, inner).truth)
      case .and(let parts): Self.each(parts.map { MessageTest($0, inner).truth })
      case .or(let parts): Self.not(Self.each(parts.map { Self.not(MessageTest($0, inner).truth) }))
      }
  }

  private static func any(_ place: Int) -> Truth {
    { _, socket, sockets in sockets.contains(socket, place) }
  }

  private static func not(_ truth: @escaping Truth) -> Truth { { truth($0, $1, $2).map { !$0 } } }

  /// False if one is, else unknown if one is.
  private static func each(_ truths: [Truth]) -> Truth {
    { facts, socket, sockets in
      var result: Bool? = true
      for truth in truths {
        guard let part = truth(facts, socket, sockets) else {
          result = nil
          continue
        }
        if !part { return false }
      }
      return result
    }
  }

  private static func comparison(
    _ name: String, _ relation: FilterRelation, _ value: FilterValue
  ) -> Truth {
    let match = TextMatch(value, relation)
    let isOpposite = relation == .notEqual
    return { facts, _, _ in
      switch (facts.fact(name), value) {
      case (.number(let known)?, .number(let wanted)), (.time(let known)?, .time(let wanted)):
        relation.holds(known, wanted)
      case (.text(let text)?, _): match.holds(text) != isOpposite
      case (.bytes(let bytes)?, _): match.holds(bytes) != isOpposite
      case (.number?, _), (.time?, _), (nil, _): nil
      }
    }
  }
}
