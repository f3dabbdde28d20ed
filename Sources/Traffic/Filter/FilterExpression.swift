/// A condition on records: a plain value, from which a `Filter` is made, or a question to a database.
///
/// A comparison with a value that is not known is unknown, and so is its `not`, as in SQL.
public indirect enum FilterExpression: Sendable, Equatable {
  /// Of the field of this name.
  case comparison(String, FilterRelation, FilterValue)
  /// The field of this name has a value.
  case has(String)
  /// All records of the sockets that have a record for which it holds.
  case any(FilterExpression)
  case not(FilterExpression)
  /// Two or more.
  case and([FilterExpression])
  case or([FilterExpression])

  /// Text that reads as the same condition.
  public var text: String {
    switch self {
    case .comparison(let field, let relation, let value): "\(field)\(relation.rawValue)\(value.text)"
    case .has(let field): "has \(field)"
    case .any(let inner): "any(\(inner.text))"
    case .not(let inner): "not \(inner.isSeveral ? "(\(inner.text))" : inner.text)"
    case .and(let parts): parts.map { $0.isSeveral ? "(\($0.text))" : $0.text }.joined(separator: " and ")
    case .or(let parts): parts.map { $0.isOr ? "(\($0.text))" : $0.text }.joined(separator: " or ")
    }
  }

  private var isOr: Bool { if case .or = self { true } else { false } }
  private var isAnd: Bool { if case .and = self { true } else { false } }
  private var isSeveral: Bool { isOr || isAnd }

  /// What stands in each `any( )`, in the order of the text.
  var anys: [FilterExpression] {
    switch self {
    case .comparison, .has: []
    case .any(let inner): [inner]
    case .not(let part): part.anys
    case .and(let parts), .or(let parts): parts.flatMap(\.anys)
    }
  }

  /// Both at once.
  public func and(_ other: FilterExpression) -> FilterExpression {
    if case .and(let parts) = self { return parts.contains(other) ? self : .and(parts + [other]) }
    return self == other ? self : .and([self, other])
  }
}
