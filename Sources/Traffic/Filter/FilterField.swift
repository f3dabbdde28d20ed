/// A field that filters can ask for: one of the JSON Lines, by the same name.
///
/// It has one value: a list is its elements with commas between, and what JSON tells as true or false is that word.
public struct FilterField: Sendable {
  typealias Read<Value> = @Sendable (Record, Int, FilterSurroundings) -> Value?

  /// What its value is, and how a record that has it is asked for it.
  enum Form: Sendable {
    case number(Read<Int64>)
    case time(Read<Nanoseconds>)
    /// - Parameter words: all that it can be; empty where that is no matter of a few words.
    case text(words: [String], Read<String>)
    case bytes(Read<ArraySlice<UInt8>>)
  }

  public let name: String
  /// The kinds of record that may have it, a bit each.
  let kinds: UInt32
  let form: Form
  /// Of the socket's own fields and the body no record tells without a look into the journal.
  let cost: FilterCost
  /// True if its value, or part of it, is a socket's name.
  let isSocket: Bool
  /// True if its value can be several of its words, in their order.
  let isList: Bool

  init(
    _ name: String, _ kinds: [Record.Kind], _ form: Form, _ cost: FilterCost = .record,
    isSocket: Bool = false,
    isList: Bool = false
  ) {
    self.name = name
    self.kinds = kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    self.form = form
    self.cost = cost
    self.isSocket = isSocket
    self.isList = isList
  }

  func isIn(_ kind: Record.Kind) -> Bool { kinds >> UInt32(kind.rawValue) & 1 == 1 }

  /// Every one, in the order of the JSON Lines.
  public static let all =
    places + openings + calls + waits + events + burstEnds + programs + shakes + lessons + segments + messages

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  public static func named(_ name: String) -> FilterField? { byName[name] }

  /// All that it can be; empty where that is no matter of a few words.
  public var words: [String] { if case .text(let words, _) = form { words } else { [] } }

  /// How it can be compared.
  var relations: [FilterRelation] {
    switch form {
    case .number, .time: [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    case .text, .bytes: [.equal, .notEqual, .contains]
    }
  }

  /// The same for who types.
  public var usage: String {
    switch form {
    case .number: "\(name): a number such as 10, 4k or 1M, with = != < <= > >="
    case .time: "\(name): a time such as 5ms or 1.5s, with = != < <= > >="
    case .text(let words, _) where !words.isEmpty && words.count < 20:
      "\(name): \(words.joined(separator: " "))\(isList ? ", also several: \(words.suffix(2).joined(separator: ","))" : "")"
    case .text: "\(name): a word (* and ? stand for others) with = != ~, \"text\", or ~/regex/"
    case .bytes: "\(name): ~\"text\", ~0x0d0a or ~/regex/ within the bytes, = != for all of them"
    }
  }

  /// The condition that it has the value that it has in a record; nil where it has none, and for bytes.
  public func condition(
    _ record: Record, _ sequence: Int, _ surroundings: FilterSurroundings
  ) -> FilterExpression? {
    guard isIn(record.kind) else { return nil }
    let value: FilterValue? =
      switch form {
      case .number(let read): read(record, sequence, surroundings).map { .number($0) }
      case .time(let read): read(record, sequence, surroundings).map { .time($0) }
      case .text(_, let read): read(record, sequence, surroundings).map { FilterValue($0) }
      case .bytes: nil
      }
    return value.map { .comparison(name, .equal, $0) }
  }

  /// The same for a message.
  public func condition(_ message: MessageFacts) -> FilterExpression? {
    if case .bytes = form { return nil }
    let value: FilterValue? =
      switch message.fact(name) {
      case .number(let number)?: .number(number)
      case .time(let time)?: .time(time)
      case .text(let text)?: text.isEmpty ? nil : FilterValue(text)
      case .bytes?, nil: nil
      }
    return value.map { .comparison(name, .equal, $0) }
  }
}

/// What it takes to look at a field: the cheaper ones of a condition are looked at first.
enum FilterCost: Int, Comparable {
  case record, socket, payload

  static func < (left: FilterCost, right: FilterCost) -> Bool { left.rawValue < right.rawValue }
}
