/// A condition on records and messages that can be asked of each of them; of records, many millions a second.
public struct Filter: Sendable, Equatable {
  /// As it was written.
  public let text: String
  public let expression: FilterExpression
  /// What records can be that pass: no other needs a look.
  public let kinds: RecordKinds
  /// True if payloads are looked at.
  public let readsPayload: Bool
  private let test: FilterTest
  /// What stands in each `any( )`, in the order of the text.
  private let inner: [FilterTest]
  private let messageTest: MessageTest
  private let innerMessageTests: [MessageTest]

  /// Reads `asked>100 and waited>5ms and (why=drained or why=eof) and socket=server.* and data~"GET"`.
  public init(parsing text: String) throws(SyntaxError) {
    var parser = FilterParser(text)
    self.init(try parser.take(), text: text)
  }

  public init(_ expression: FilterExpression) { self.init(expression, text: expression.text) }

  private init(_ expression: FilterExpression, text: String) {
    self.text = text
    self.expression = expression
    var inner: [FilterTest] = []
    test = FilterTest(expression, isNegated: false, &inner)
    self.inner = inner
    let anys = expression.anys
    messageTest = MessageTest(expression, anys)
    innerMessageTests = anys.map { MessageTest($0, []) }
    kinds = test.kinds
    readsPayload = test.cost == .payload || inner.contains { $0.cost == .payload }
  }

  public static func == (left: Filter, right: Filter) -> Bool { left.expression == right.expression }

  public func passes(_ record: Record, _ sequence: Int, _ surroundings: FilterSurroundings) -> Bool {
    test.holds(record, sequence, surroundings)
  }

  /// The same of a message of a socket.
  public func passes(_ facts: MessageFacts, of socket: SocketID, _ sockets: FilterSockets) -> Bool {
    messageTest.truth(facts, socket, sockets) == true
  }

  // MARK: any( )

  /// True if it has to be known beforehand for which sockets an `any( )` holds.
  public var asksOfSockets: Bool { !inner.isEmpty }

  /// No socket yet.
  public var noSockets: FilterSockets { FilterSockets(count: inner.count) }

  /// What records can be for which what stands in an `any( )` holds.
  public var innerKinds: RecordKinds { inner.reduce(into: []) { $0.formUnion($1.kinds) } }

  /// Takes a record into account for the sockets in the surroundings.
  /// - Returns: true if an `any( )` holds for one more socket.
  public func note(_ record: Record, _ sequence: Int, _ surroundings: FilterSurroundings) -> Bool {
    if record.socket == .none { return false }
    var isNew = false
    for (place, test) in inner.enumerated()
    where !surroundings.sockets.contains(record.socket, place) && test.holds(record, sequence, surroundings) {
      isNew = surroundings.sockets.insert(record.socket, place) || isNew
    }
    return isNew
  }

  /// The same for a message of a socket.
  public func note(_ facts: MessageFacts, of socket: SocketID, _ sockets: inout FilterSockets) -> Bool {
    var isNew = false
    for (place, test) in innerMessageTests.enumerated()
    where !sockets.contains(socket, place) && test.truth(facts, socket, sockets) == true {
      isNew = sockets.insert(socket, place) || isNew
    }
    return isNew
  }
}
