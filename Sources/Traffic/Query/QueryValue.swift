/// One cell of what SQL gives.
public enum QueryValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])

  public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  public init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
  public init(_ value: Bool) { self = .integer(value ? 1 : 0) }
  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}
