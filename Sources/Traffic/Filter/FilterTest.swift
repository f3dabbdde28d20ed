/// An expression as closures over records.
///
/// `not` has sunk down to the comparisons: there one with an unknown value does not hold, negated or not, and two values are enough
/// for the logic of three.
struct FilterTest: Sendable {
  typealias Holds = @Sendable (Record, Int, FilterSurroundings) -> Bool

  let holds: Holds
  /// What records can be for which it may hold.
  let kinds: RecordKinds
  /// Of its dearest part.
  let cost: FilterCost

  /// - Parameter inner: gets what stands in each `any( )`.
  init(_ expression: FilterExpression, isNegated: Bool, _ inner: inout [FilterTest]) {
    switch expression {
    case .comparison(let name, let relation, let value):
      self.init(FilterField.named(name), relation, value, isNegated)
    case .has(let name): self.init(has: FilterField.named(name), isNegated)
    case .any(let expression):
      let test = FilterTest(expression, isNegated: false, &inner)
      let place = inner.count
      inner.append(test)
      self.init(.all, .record) { record, _, around in
        record.socket != .none && around.sockets.contains(record.socket, place) != isNegated
      }
    case .not(let expression): self.init(expression, isNegated: !isNegated, &inner)
    case .and(let parts): self.init(parts, isNegated, isEach: !isNegated, &inner)
    case .or(let parts): self.init(parts, isNegated, isEach: isNegated, &inner)
    }
  }

  private init(_ kinds: RecordKinds, _ cost: FilterCost, _ holds: @escaping Holds) {
    (self.kinds, self.cost, self.holds) = (kinds, cost, holds)
  }

  /// Each of the parts, or at least one; what is cheap to ask first.
  private init(
    _ parts: [FilterExpression], _ isNegated: Bool, isEach: Bool, _ inner: inout [FilterTest]
  ) {
    var tests: [FilterTest] = []
    for part in parts { tests.append(FilterTest(part, isNegated: isNegated, &inner)) }
    // Sorted with the place as the second key: what is asked first of equals is not left to chance.
    let sorted = tests.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    guard var whole = sorted.first?.element else {
      self.init(.all, .record) { _, _, _ in isEach }
      return
    }
    for (_, next) in sorted.dropFirst() { whole = whole.joined(with: next, isEach: isEach) }
    self = whole
  }

  private func joined(with next: FilterTest, isEach: Bool) -> FilterTest {
    let (first, second) = (holds, next.holds)
    let cost = max(cost, next.cost)
    return isEach
      ? FilterTest(kinds.intersection(next.kinds), cost) { first($0, $1, $2) && second($0, $1, $2) }
      : FilterTest(kinds.union(next.kinds), cost) { first($0, $1, $2) || second($0, $1, $2) }
  }

  // MARK: Fields

  private init(has field: FilterField?, _ isNegated: Bool) {
    guard let field else {
      self.init([], .record) { _, _, _ in false }
      return
    }
    let isKnown: Holds =
      switch field.form {
      case .number(let read), .time(let read): { read($0, $1, $2) != nil }
      case .text(_, let read): { read($0, $1, $2) != nil }
      case .bytes(let read): { read($0, $1, $2) != nil }
      }
    let kinds = isNegated ? RecordKinds.all : Self.kinds(of: field)
    self.init(kinds, field.cost) { record, sequence, around in
      (field.isIn(record.kind) && isKnown(record, sequence, around)) != isNegated
    }
  }

  /// A comparison that makes no sense, which no text reads as, never holds.
  private init(_ field: FilterField?, _ relation: FilterRelation, _ value: FilterValue, _ isNegated: Bool) {
    guard let field else {
      self.init([], .record) { _, _, _ in false }
      return
    }
    let mask = field.kinds
    let kinds = Self.kinds(of: field)
    switch (field.form, value) {
    case (.number(let read), .number(let wanted)), (.time(let read), .time(let wanted)):
      let relation = isNegated ? relation.opposite : relation
      self.init(kinds, field.cost) { record, sequence, around in
        guard mask >> UInt32(record.kind.rawValue) & 1 == 1, let value = read(record, sequence, around)
        else { return false }
        return relation.holds(value, wanted)
      }
    case (.text(_, let read), _):
      let (match, isOpposite) = (TextMatch(value, relation), isNegated != (relation == .notEqual))
      let holds: Holds = { record, sequence, around in
        guard mask >> UInt32(record.kind.rawValue) & 1 == 1, let value = read(record, sequence, around)
        else { return false }
        return match.holds(value) != isOpposite
      }
      self.init(Self.kinds(of: field, holds), field.cost, holds)
    case (.bytes(let read), _):
      let (match, isOpposite) = (TextMatch(value, relation), isNegated != (relation == .notEqual))
      self.init(kinds, field.cost) { record, sequence, around in
        guard mask >> UInt32(record.kind.rawValue) & 1 == 1, let value = read(record, sequence, around)
        else { return false }
        return match.holds(value) != isOpposite
      }
    case (.number, _), (.time, _): self.init([], .record) { _, _, _ in false }
    }
  }

  /// What records can be that have the field.
  private static func kinds(of field: FilterField) -> RecordKinds {
    RecordKinds { record in
      field.isIn(record.kind) && (field.name != "errno" || record.result < 0)
        && (field.name != "returned" || record.result >= 0)
    }
  }

  /// The kind of a record tells all that there is to `event`.
  private static func kinds(of field: FilterField, _ holds: Holds) -> RecordKinds {
    guard field.name == "event" else { return kinds(of: field) }
    let around = FilterSurroundings(
      info: { _ in nil }, address: { _ in "" }, origins: { _ in [] }, payload: { _ in nil },
      sockets: FilterSockets(count: 0))
    return RecordKinds { holds($0, 0, around) }
  }
}
