import Traffic

/// Writes each message below the record that completed it.
final class MessageWriter {
  private let journal: Journal
  private let choice: RecordChoice
  private let isSettled: Bool
  private var followers: MessageFollowers
  /// Where not all are shown: sockets of which a message was.
  private var shown: Set<SocketID> = []

  /// - Parameter isSettled: the run is over, and its bytes are cut as was said last.
  init(_ journal: Journal, _ choice: RecordChoice, isSettled: Bool) {
    (self.journal, self.choice, self.isSettled) = (journal, choice, isSettled)
    followers = MessageFollowers(journal, isSettled: isSettled)
  }

  /// Takes a record that was passed, printed or not.
  func take(
    _ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?, _ names: SocketNames,
    _ format: any RecordFormat, to output: inout ByteBuffer
  ) {
    let found = followers.take(record, sequence, payload: payload) { names[$0]?.parent }
    if found.isEmpty { return }
    let socket = record.socket
    for message in found.earlier + found.completed {
      let facts = MessageFacts(message, of: socket, named: names.name(socket), sequence, journal)
      guard choice.shows(facts, of: socket) else { continue }
      if choice.isFiltered { shown.insert(socket) }
      format.write(message, of: socket, sequence: sequence, content: facts.content, names: names, to: &output)
    }
    if let naive = found.naive, !choice.isFiltered || shown.contains(socket) {
      format.write(naive, of: socket, at: record.end, names: names, to: &output)
    }
    if record.kind == .close { shown.remove(socket) }
  }

  /// Begins again with the first record.
  func restart() { followers = MessageFollowers(journal, isSettled: isSettled) }

  /// Takes a record into account for the sockets that an `any( )` asks for.
  func note(_ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?, _ names: SocketNames) {
    let found = followers.take(record, sequence, payload: payload) { names[$0]?.parent }
    let socket = record.socket
    for message in found.earlier + found.completed {
      let facts = MessageFacts(message, of: socket, named: names.name(socket), sequence, journal)
      choice.note(facts, of: socket)
    }
  }
}
