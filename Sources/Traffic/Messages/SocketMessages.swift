/// The messages of one socket: where they lie, found again from checkpoints. What is kept does not grow with the messages, and
/// only slowly with the records.
struct SocketMessages: Sendable {
  /// What one checkpoint is from the next.
  private static let step = MessageEffort(records: 1024, bytes: 256 << 10, messages: 8192)
  private static let mostCheckpoints = 8192
  /// Messages that are kept of blocks that were cut again.
  private static let mostKept = 64 << 10

  let choices: Framings
  /// Where each block begins; the first one before the first record.
  private var checkpoints: [MessageWalk]
  /// Behind the newest record that was taken.
  private var head: MessageWalk
  /// Since the newest checkpoint.
  private var newest: [PlacedMessage] = []
  private var rest = step
  /// How many steps lie between two checkpoints.
  private var scale = 1
  /// Blocks that were cut again, the one that was asked for last at the end.
  private var kept: [(block: Int, messages: [PlacedMessage])] = []

  init(_ socket: SocketID, _ choices: Framings) {
    self.choices = choices
    head = MessageWalk(
      socket, MessageFollower(received: choices.received, sent: choices.sent))
    checkpoints = [head]
  }

  /// As far as the records were taken.
  /// - Parameter end: without those from this sequence number on.
  func follower(before end: Int?, _ journal: Journal) -> MessageFollower {
    guard let end, end < known else { return head.follower }
    var walk = checkpoints[block { $0.next <= end }]
    var (effort, messages) = (MessageEffort.all, [PlacedMessage]())
    _ = walk.advance(journal, before: end, &effort, into: &messages)
    return walk.follower
  }

  /// Records before this sequence number were taken.
  var known: Int { head.next }

  /// The rank of the next record.
  var rank: Int { head.rank }

  // MARK: Going on

  /// Takes more records.
  /// - Returns: false if none was left.
  mutating func goOn(_ journal: Journal, _ effort: inout MessageEffort) -> Bool {
    while true {
      var part = effort.clamped(to: rest)
      let before = part
      let isMore = head.advance(journal, &part, into: &newest)
      effort.spend(before, part)
      rest.spend(before, part)
      if !rest.isLeft { cut(journal) }
      if !isMore { return false }
      if !effort.isLeft { return true }
    }
  }

  /// Begins a block.
  private mutating func cut(_ journal: Journal) {
    let block = checkpoints.count - 1
    keep(newest, of: block)
    newest = []
    checkpoints.append(head)
    rest = Self.step.times(scale)
    let oldest = journal.ranks(of: head.socket).lowerBound
    if checkpoints.count > 2, checkpoints[1].rank <= oldest { forget(upTo: oldest) }
    if checkpoints.count > Self.mostCheckpoints { thin() }
  }

  /// Forgets blocks of which no record is held.
  private mutating func forget(upTo rank: Int) {
    let count = (checkpoints.firstIndex { $0.rank > rank } ?? checkpoints.count) - 1
    // Many at a time: those behind them move.
    guard count >= 256 else { return }
    checkpoints.removeFirst(count)
    kept = kept.compactMap { $0.block < count ? nil : ($0.block - count, $0.messages) }
  }

  /// Leaves every second checkpoint out.
  private mutating func thin() {
    scale *= 2
    let last = checkpoints.count - 1
    checkpoints = checkpoints.indices.compactMap { $0 % 2 == 0 || $0 == last ? checkpoints[$0] : nil }
    kept = []
  }

  // MARK: Asking

  /// Those that a record completed, in order.
  mutating func messages(completedBy sequence: Int, _ journal: Journal) -> ArraySlice<PlacedMessage> {
    guard sequence < known else { return [] }
    let messages = messages(of: block { $0.next <= sequence }, journal)
    let first = messages.partition { $0.sequence >= sequence }
    let end = messages[first...].partition { $0.sequence > sequence }
    return messages[first..<end]
  }

  /// Those that have bytes in a range of a way, in order, the one that is not complete included; at most `limit`.
  mutating func messages(
    in range: Range<Int64>, _ way: Direction, limit: Int, _ journal: Journal
  ) -> [PlacedMessage] {
    var found: [PlacedMessage] = []
    var block = block { $0.follower.position(of: way) <= range.lowerBound }
    while block < checkpoints.count, found.count < limit {
      // Where the way has no more messages at the end than at the beginning, none ends in it.
      let after = block + 1 < checkpoints.count ? checkpoints[block + 1].count(way) : head.count(way)
      if checkpoints[block].count(way) != after {
        for message in messages(of: block, journal)
        where message.message.way == way && message.message.range.upperBound > range.lowerBound {
          if message.message.range.lowerBound >= range.upperBound || found.count == limit { return found }
          found.append(message)
        }
      }
      block += 1
    }
    if found.count < limit, let open = head.follower.unfinished(way)?.message, open.range.overlaps(range) {
      found.append(
        PlacedMessage(
          socket: head.socket, found: FoundMessage(message: open, calls: nil), sequence: .max, place: 1))
    }
    return found
  }

  /// The last block that begins where something holds.
  private func block(where holds: (MessageWalk) -> Bool) -> Int {
    max(0, checkpoints.partition { !holds($0) } - 1)
  }

  /// The messages that were completed in a block.
  private mutating func messages(of block: Int, _ journal: Journal) -> [PlacedMessage] {
    if block == checkpoints.count - 1 { return newest }
    if let place = kept.lastIndex(where: { $0.block == block }) {
      if place < kept.count - 1 { kept.append(kept.remove(at: place)) }
      return kept[kept.count - 1].messages
    }
    var walk = checkpoints[block]
    var effort = MessageEffort.all
    var messages: [PlacedMessage] = []
    _ = walk.advance(journal, before: checkpoints[block + 1].next, &effort, into: &messages)
    keep(messages, of: block)
    return messages
  }

  private mutating func keep(_ messages: [PlacedMessage], of block: Int) {
    kept.append((block, messages))
    var count = kept.reduce(0) { $0 + $1.messages.count + 64 }
    while count > Self.mostKept, kept.count > 1 { count -= kept.removeFirst().messages.count + 64 }
  }
}

extension RandomAccessCollection {
  /// Where the elements begin of which something holds; it holds of none before.
  fileprivate func partition(_ holds: (Element) -> Bool) -> Index {
    var (low, count) = (startIndex, count)
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if holds(self[middle]) {
        count /= 2
      } else {
        low = index(after: middle)
        count -= count / 2 + 1
      }
    }
    return low
  }
}
