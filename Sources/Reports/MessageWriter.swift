import Traffic

/// Follows the sockets whose bytes are cut into messages, and writes each message below the record that completed it.
final class MessageWriter {
  private let journal: Journal
  /// Of the sockets that were looked at: nil where nothing is cut.
  private var followers: [SocketID: MessageFollower?] = [:]
  /// Until somebody has said `frame` there is nothing to do.
  private var isWanted = false
  private var told: Set<SocketID> = []
  private var messages: [FoundMessage] = []

  init(_ journal: Journal) { self.journal = journal }

  /// Takes a record that was passed, printed or not.
  func take(
    _ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?, _ names: SocketNames,
    _ format: any RecordFormat, to output: inout ByteBuffer
  ) {
    if record.kind == .option, let change = payload.flatMap(OptionChange.init),
      change.name == FramingChoice.word
    {
      isWanted = true
      // Of a listener: its connections are looked at anew.
      followers = followers.filter { $0.key != record.socket && names[$0.key]?.parent != record.socket }
      begin(record.socket, before: sequence + 1, names, format, to: &output)
      return
    }
    guard isWanted, Self.moves(record.kind) else { return }
    if followers[record.socket] == nil { begin(record.socket, before: sequence, names, format, to: &output) }
    guard var follower = followers[record.socket] ?? nil else {
      if record.kind == .close { followers[record.socket] = nil }
      return
    }
    followers[record.socket] = .some(nil)
    messages.removeAll(keepingCapacity: true)
    follower.take(record, payload: payload, into: &messages)
    write(record.socket, sequence, names, format, to: &output)
    if record.endsReceiving || record.kind == .close, follower.naive.receives > 0,
      told.insert(record.socket).inserted
    {
      format.write(follower.naive, of: record.socket, at: record.end, names: names, to: &output)
    }
    followers[record.socket] = follower
    if record.kind == .close {
      followers[record.socket] = nil
      told.remove(record.socket)
    }
  }

  /// True for what moves bytes, or ends that; nothing of it comes after a close.
  private static func moves(_ kind: Record.Kind) -> Bool {
    switch kind {
    case .recv, .send, .shutdown, .close: true
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop:
      false
    }
  }

  /// Cuts what came before.
  private func begin(
    _ socket: SocketID, before sequence: Int, _ names: SocketNames, _ format: any RecordFormat,
    to output: inout ByteBuffer
  ) {
    guard let past = journal.messages(of: socket, before: sequence) else {
      followers[socket] = .some(nil)
      return
    }
    followers[socket] = past.follower
    messages = past.messages
    write(socket, sequence, names, format, to: &output)
  }

  private func write(
    _ socket: SocketID, _ sequence: Int, _ names: SocketNames, _ format: any RecordFormat,
    to output: inout ByteBuffer
  ) {
    for found in messages {
      format.write(
        found, of: socket, sequence: sequence, content: journal.content(of: found.message, on: socket),
        names: names,
        to: &output)
    }
  }
}
