/// A piece of one way of a stream while a cutter reads it, and the messages that it completes.
struct MessageReader {
  let bytes: UnsafeRawBufferPointer
  /// Of the piece in the stream.
  let offset: Int64
  let time: Nanoseconds
  /// When the piece before was there.
  let previous: Nanoseconds
  var position = 0
  var open: OpenMessage
  var messages: [FramedMessage]
  var exchange: HTTPExchange

  /// The offset of the next byte in the stream.
  @inline(__always) var here: Int64 { offset + Int64(position) }

  @inline(__always) var isAtEnd: Bool { position == bytes.count }

  /// What is not read yet.
  @inline(__always) var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

  /// Nothing of the open message has been read.
  @inline(__always) var isAtStart: Bool { open.start == here }

  /// Reads at most so many bytes.
  /// - Returns: how many are still to come.
  @inline(__always)
  mutating func skip(_ count: Int64) -> Int64 {
    let step = min(count, Int64(bytes.count - position))
    position += Int(step)
    return count - step
  }

  /// Ends the open message behind what was read.
  /// - Parameter tail: bytes behind its content.
  mutating func close(tail: Int = 0) {
    let end = here
    // The last byte came with this piece, unless its end was only seen now.
    let last = end > offset ? time : previous
    messages.append(open.message(upTo: end, contentEnd: end - Int64(tail), time: last))
    open.next(at: end, began: time)
  }

  /// Takes a message that this piece holds from its first byte to its last, of which nothing was read.
  @inline(__always)
  mutating func takeWhole(_ length: Int, content: Int, kind: MessageKind? = nil, notes: MessageNotes = []) {
    let start = here
    let end = start + Int64(length)
    messages.append(
      FramedMessage(
        way: open.way, number: open.number, range: start..<end, payload: start + Int64(content)..<end,
        began: time, time: time, kind: kind, notes: notes))
    position += length
    open.skip(to: end)
  }

  /// Tells of a message that is longer than what is taken, and goes on where it ends.
  mutating func closeTooLong(_ length: Int64) {
    let (end, isHuge) = open.start.addingReportingOverflow(length)
    if isHuge { return lose(.tooLong) }
    open.broken = .tooLong
    messages.append(open.message(upTo: end, time: time))
    open.next(at: end, began: time)
    position = Int(min(Int64(bytes.count), max(Int64(position), open.start - offset)))
  }

  /// What was read since the last message belongs to none.
  mutating func leaveOut() { open.restart(at: here, began: time) }

  /// Ends the open message as broken: in what follows none can be found.
  mutating func lose(_ broken: BrokenMessage) {
    if open.start < here {
      open.broken = broken
      close()
    }
    open.kind = .rest
    open.broken = broken
    open.content = open.start
    open.isLost = true
    exchange.forget()
    position = bytes.count
  }
}
