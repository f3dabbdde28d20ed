/// How a field is compared with a value.
public enum FilterRelation: String, CaseIterable, Sendable {
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case equal = "="
  case less = "<"
  case greater = ">"
  /// The field has the value in it.
  case contains = "~"

  /// The one that holds where this one does not; `contains` has none.
  var opposite: FilterRelation {
    switch self {
    case .notEqual: .equal
    case .lessOrEqual: .greater
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .less: .greaterOrEqual
    case .greater: .lessOrEqual
    case .contains: .contains
    }
  }

  func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .notEqual: left != right
    case .lessOrEqual: left <= right
    case .greaterOrEqual: left >= right
    case .equal: left == right
    case .less: left < right
    case .greater: left > right
    case .contains: false
    }
  }
}
