import Traffic

/// Follows the journal and turns records into bytes; a reader with its own place.
public struct Printer {
  private static let batch = 1024
  /// How long a row waits for the send() that fed it: on a busy machine its thread may not have a turn for tens of ms.
  private static let patience: Nanoseconds = 100_000_000

  /// What has columns.
  private static let calls = RecordKinds { $0.kind == .recv || $0.kind == .send }

  private let journal: Journal
  private let format: (any RecordFormat)?
  private let choice: RecordChoice
  private let showsEvicted: Bool
  private var hasHead = false
  /// A recv() waits for the send() that fed it; of what is not shown nobody sees the order.
  private let isInOrderOfCause: Bool
  private let names: SocketNames
  private let messages: MessageWriter?
  private var batch = RecordBatch()
  private var order = CauseOrder()
  /// When rows began to be held for a send() that has not returned.
  private var holdingSince: Nanoseconds?
  /// Sequence number of the next record to print.
  public private(set) var next = 0
  private var limit = Int.max
  /// A record is printed so long after it was made at the earliest: what explains it may come late.
  public var lag: Nanoseconds = 0
  private var isLagging = false
  /// True if the journal was read to its end.
  public private(set) var isAtEnd = false
  /// True while nothing is printed yet: for which sockets an `any( )` holds is known at the end only.
  private var gathers: Bool

  /// - Parameters:
  ///   - format: nil prints nothing.
  ///   - shown: kinds of record to print.
  ///   - filter: which of them to print; all if nil.
  ///   - showsEvicted: says what had gone before it could be printed.
  ///   - showsMessages: prints what framings cut out.
  public init(
    _ journal: Journal, _ format: (any RecordFormat)?, shown: Set<Record.Kind>, filter: Filter? = nil,
    showsEvicted: Bool, showsMessages: Bool = false, isSettled: Bool = false
  ) {
    self.journal = journal
    self.format = format
    self.showsEvicted = showsEvicted
    isInOrderOfCause =
      format?.isInOrderOfCause == true && shown.contains(.recv) && shown.contains(.send)
    names = SocketNames(journal)
    choice = RecordChoice(RecordKinds { shown.contains($0.kind) }, filter, names)
    messages = showsMessages ? MessageWriter(journal, choice, isSettled: isSettled) : nil
    gathers = filter?.asksOfSockets ?? false
  }

  /// Records that come from now on are not printed.
  /// - Returns: sequence number behind the last one that is.
  @discardableResult
  public mutating func stopAtEnd() -> Int {
    limit = journal.extent.records.upperBound
    return limit
  }

  /// The records that there is something to do for: the others need wake nobody.
  public var wanted: RecordKinds {
    format == nil ? [] : showsEvicted || gathers || messages != nil ? .all : choice.kinds
  }

  /// True while rows are held that were read.
  public var isHolding: Bool { order.isHolding || isLagging }

  /// Prints what the journal has, until so many bytes are there or a few more.
  /// - Parameter now: of the run's clock.
  public mutating func fill(_ output: inout ByteBuffer, upTo full: Int, at now: Nanoseconds) {
    guard let format else {
      next = journal.extent.records.upperBound
      isAtEnd = true
      return
    }
    if !hasHead {
      hasHead = true
      if !choice.kinds.isDisjoint(with: Self.calls) { format.writeHead(to: &output) }
    }
    if gathers {
      gather()
      if gathers { return }
    }
    while output.count < full {
      // What is passed over is not read, so nobody would know what of it had gone.
      if !showsEvicted, messages == nil {
        next = min(limit, journal.skip(of: nil, from: next, to: choice.kinds))
      }
      if next >= limit {
        (isAtEnd, isLagging) = (true, false)
        return release(format, to: &output)
      }
      let ripe = ripeEnd(at: now)
      isLagging = ripe <= next
      if isLagging {
        isAtEnd = true
        return releaseLate(format, at: now, to: &output)
      }
      journal.read(&batch, from: next, count: min(Self.batch, min(limit, ripe) - next))
      names.refresh(batch, isHolding: order.isHolding)
      print(format, to: &output)
      next = batch.next
      isAtEnd = batch.records.isEmpty
      if isAtEnd { return releaseLate(format, at: now, to: &output) }
    }
  }

  /// Sequence number of the first record that is too young to be printed; at the end none is.
  private func ripeEnd(at now: Nanoseconds) -> Int {
    guard lag > 0, limit == .max else { return .max }
    return journal.records(in: next..<next + Self.batch).first { $0.record.end > now - lag }?.sequence ?? .max
  }

  /// Looks for which sockets an `any( )` holds; once all there will be was looked at, printing begins.
  private mutating func gather() {
    while next < limit {
      journal.read(&batch, from: next, count: min(Self.batch, limit - next))
      isAtEnd = batch.records.isEmpty
      if isAtEnd { return }
      names.refresh(batch, isHolding: false)
      for (index, record) in batch.records.enumerated() {
        choice.note(record, batch.first + index, payload: batch.payload(index))
        messages?.note(record, batch.first + index, payload: batch.payload(index), names)
      }
      choice.prune(journal)
      next = batch.next
    }
    messages?.restart()
    (next, batch, gathers, isAtEnd) = (0, RecordBatch(), false, false)
  }

  private mutating func print(_ format: any RecordFormat, to output: inout ByteBuffer) {
    if showsEvicted, batch.lostRecords > 0 || batch.lostBytes > 0 {
      format.writeEvicted(
        records: batch.lostRecords, bytes: batch.lostBytes, sequence: next,
        time: batch.records.first?.end ?? 0, to: &output)
    }
    for (index, record) in batch.records.enumerated() {
      if isInOrderOfCause, order.isHolding || record.kind == .recv || record.kind == .send {
        let peer = names.peer(of: record.socket)
        if peer != nil || order.isHolding {
          let row = CauseOrder.Row(
            sequence: batch.first + index, record: record, payload: batch.payload(index))
          let (choice, names, messages, journal) = (choice, names, messages, journal)
          order.take(row, peer: peer) {
            Self.write($0, choice, names, messages, journal, format, to: &output)
          }
          continue
        }
      }
      let (sequence, payload) = (batch.first + index, batch.payload(index))
      let row = CauseOrder.Row(sequence: sequence, record: record, payload: payload)
      Self.write(row, choice, names, messages, journal, format, to: &output)
    }
  }

  private static func write(
    _ row: CauseOrder.Row, _ choice: RecordChoice, _ names: SocketNames, _ messages: MessageWriter?,
    _ journal: Journal, _ format: any RecordFormat, to output: inout ByteBuffer
  ) {
    if choice.shows(row.record, row.sequence, payload: row.payload) {
      if row.record.conditions.contains(.statistics) {
        let report = StatisticsReport(
          row.record, row.sequence, payload: row.payload, where: choice.filter, in: journal)
        format.write(report, names: names, to: &output)
      } else {
        format.write(row.record, sequence: row.sequence, payload: row.payload, names: names, to: &output)
      }
    }
    messages?.take(row.record, row.sequence, payload: row.payload, names, format, to: &output)
  }

  /// Prints what waits for a send() that does not come.
  private mutating func releaseLate(
    _ format: any RecordFormat, at now: Nanoseconds, to output: inout ByteBuffer
  ) {
    guard order.isHolding else {
      holdingSince = nil
      return
    }
    let since = holdingSince ?? now
    holdingSince = since
    if now - since >= Self.patience { release(format, to: &output) }
  }

  private mutating func release(_ format: any RecordFormat, to output: inout ByteBuffer) {
    let (choice, names, messages, journal) = (choice, names, messages, journal)
    order.release { Self.write($0, choice, names, messages, journal, format, to: &output) }
    holdingSince = nil
  }
}
