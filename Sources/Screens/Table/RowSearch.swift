import Traffic

/// Which stretches of the table's places may have rows that pass a filter: found out little by little, the newest first, so that a
/// rare row is found among many records and no key waits for it.
struct RowSearch: Sendable {
  /// Blocks that are looked at between two keys, and while there is nothing else to do.
  private static let (few, many) = (32, 256)
  /// Blocks of what has just come that may wait for the next look, so that a flood is not looked at all the time.
  private static let mostWaiting = 256
  /// Records that are read together: most blocks that have a row have it soon.
  private static let piece = 128
  /// Bytes of payload that count as a block more.
  private static let payloadShift = 16
  /// The same of messages.
  private static let messagesShift = 8

  let filter: Filter
  /// Places that are looked at together; payloads take their time.
  let block: Int
  /// True if all there is was looked at, or what has not been has come since the last look and will be at the next.
  private(set) var isDone = false
  /// Records that there were at the last look.
  private var seen = 0
  /// Records were looked at up to this sequence number for the sockets that an `any( )` asks for.
  private var gathered = 0
  private(set) var sockets: FilterSockets
  private var selection: Selection?
  /// Whether a block may have a row: from the pivot on, and before it, going back.
  private var newer: [Bool] = []
  private var older: [Bool] = []
  private var pivot = 0
  /// Blocks that took too long: where to look on in them.
  private var halfway: [Int: Int] = [:]
  /// How messages were cut at the last look.
  private var version = 0

  init(_ filter: Filter) {
    self.filter = filter
    sockets = filter.noSockets
    block = filter.readsPayload ? 64 : 512
  }

  // MARK: What is known

  private var known: Range<Int> { pivot - older.count..<pivot + newer.count }

  private func mayHave(_ block: Int) -> Bool {
    block >= pivot ? newer[block - pivot] : older[pivot - 1 - block]
  }

  func isKnown(_ place: Int) -> Bool { known.contains(place / block) }

  /// A place at or after one: between the two no row passes.
  func skip(from place: Int) -> Int {
    let first = place / block
    var next = first
    while known.contains(next), !mayHave(next) { next += 1 }
    return next == first ? place : next * block
  }

  /// The same backwards: a place at or before one.
  func skip(backFrom place: Int) -> Int {
    let first = (place - 1) / block
    var next = first
    while known.contains(next), !mayHave(next) { next -= 1 }
    return next == first ? place : (next + 1) * block
  }

  // MARK: Looking on

  /// Looks at a few more records, or while nothing else is to be done at many.
  mutating func goOn(
    _ journal: Journal, _ messages: MessageIndex, _ selection: Selection, isIdle: Bool
  ) {
    let version = messages.version
    if selection != self.selection || version != self.version { forget(selection) }
    self.version = version
    var rest = (isIdle ? Self.many : Self.few) / (filter.readsPayload ? 4 : 1)
    let next = journal.extent.records.upperBound
    let hasGrown = seen > 0 && next > seen
    seen = next
    let waiting = gather(journal, messages, &rest) + extend(journal, messages, selection, &rest)
    isDone = waiting <= (hasGrown ? Self.mostWaiting : 0)
  }

  private mutating func forget(_ selection: Selection?) {
    (self.selection, newer, older, halfway) = (selection, [], [], [:])
  }

  /// Looks for the sockets of which an `any( )` holds.
  /// - Returns: blocks that are still to be looked at.
  private mutating func gather(
    _ journal: Journal, _ messages: MessageIndex, _ rest: inout Int
  ) -> Int {
    guard filter.asksOfSockets else { return 0 }
    let extent = journal.extent.records
    gathered = max(gathered, extent.lowerBound)
    let around = FilterSurroundings(journal, sockets)
    // Nobody else holds the sets while they grow, or each step would copy them.
    sockets = filter.noSockets
    var isNew = false
    let hasMessages = messages.isUsed
    while gathered < extent.upperBound, rest > 0 {
      if !hasMessages { gathered = journal.skip(of: nil, from: gathered, to: filter.innerKinds) }
      for (sequence, record) in journal.records(in: gathered..<gathered + block) {
        isNew = filter.note(record, sequence, around) || isNew
        if hasMessages, MessageFollower.moves(record.kind) {
          let found = messages.messages(of: record.socket, completedBy: sequence, journal)
          let name = name(of: record.socket, journal)
          for placed in found {
            let facts = MessageFacts(placed.found, of: placed.socket, named: name, sequence, journal)
            isNew = filter.note(facts, of: placed.socket, &around.sockets) || isNew
          }
          rest -= found.count >> Self.messagesShift
        }
        gathered = sequence + 1
        rest -= cost(of: record)
        if rest < 0 { break }
      }
      rest -= 1
    }
    sockets = around.sockets
    sockets.prune(journal)
    // What did not pass before may pass now.
    if isNew { forget(selection) }
    return (max(0, extent.upperBound - gathered) + block - 1) / block
  }

  /// Looks at blocks that are not known: what came last, then what was before.
  /// - Returns: whole blocks that are still to be looked at.
  private mutating func extend(
    _ journal: Journal, _ messages: MessageIndex, _ selection: Selection, _ rest: inout Int
  ) -> Int {
    let source = ItemSource(
      journal: journal, messages: messages, selection: selection, filter: RowFilter(), end: nil, search: nil)
    let places = source.places
    if newer.isEmpty, older.isEmpty { pivot = places.upperBound / block }
    let (first, end) = (places.lowerBound / block, places.upperBound / block)
    let around = FilterSurroundings(journal, sockets)
    while known.upperBound < end, rest > 0 {
      if let mayHave = look(at: known.upperBound, source, around, &rest) { newer.append(mayHave) }
    }
    while known.lowerBound > first, rest > 0 {
      if let mayHave = look(at: known.lowerBound - 1, source, around, &rest) { older.append(mayHave) }
    }
    return max(0, end - known.upperBound) + max(0, known.lowerBound - first)
  }

  /// - Returns: nil if it is to be gone on with: all that may be spent was.
  private mutating func look(
    at block: Int, _ source: ItemSource, _ around: FilterSurroundings, _ rest: inout Int
  ) -> Bool? {
    let (filter, end) = (filter, (block + 1) * self.block)
    let hasMessages = source.messages.isUsed
    let kinds = hasMessages ? filter.kinds.union(.ofMessages) : filter.kinds
    var next = halfway.removeValue(forKey: block) ?? source.skip(from: block * self.block, to: kinds)
    if next >= end { return false }
    rest -= 1
    while next < end {
      let range = next..<min(next + Self.piece, end)
      let records = source.records(in: range)
      // What was evicted meanwhile is missing at the front.
      next = range.upperBound - records.count
      for (sequence, record) in records {
        if filter.passes(record, sequence, around) { return true }
        if hasMessages, mayPass(behind: record, sequence, source, &rest) { return true }
        rest -= cost(of: record)
        next += 1
        if rest < 0, next < end {
          halfway[block] = next
          return nil
        }
      }
    }
    return false
  }

  /// True if a message that a record completed passes, or it is not known yet.
  private func mayPass(
    behind record: Record, _ sequence: Int, _ source: ItemSource, _ rest: inout Int
  ) -> Bool {
    guard MessageFollower.moves(record.kind), source.messages.isFramed(record.socket) else { return false }
    if !source.messages.knows(record.socket, sequence, source.journal) { return true }
    let messages = source.messages.messages(of: record.socket, completedBy: sequence, source.journal)
    rest -= messages.count >> Self.messagesShift
    return messages.contains(where: passing(record.socket, source.journal))
  }

  /// Tells which of a socket's messages are to be shown.
  func passing(_ socket: SocketID, _ journal: Journal) -> (PlacedMessage) -> Bool {
    let name = name(of: socket, journal)
    return { placed in
      let facts = MessageFacts(placed.found, of: socket, named: name, placed.sequence, journal)
      return filter.passes(facts, of: socket, sockets)
    }
  }

  private func name(of socket: SocketID, _ journal: Journal) -> String {
    journal.socket(socket)?.info.name ?? socket.placeholder
  }

  /// What a look at a record's bytes takes, in blocks.
  private func cost(of record: Record) -> Int {
    filter.readsPayload ? Int(record.payloadLength) >> Self.payloadShift : 0
  }
}
