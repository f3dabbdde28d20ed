/// What the journal reads from an archive. No lock of the journal is held: a disk may be slow.
extension Journal {
  /// From now on what memory drops is read from an archive.
  public func attach(_ archive: any RecordArchive) { state.withLock { $0.archive = archive } }

  /// The archive, if a record is to be looked for there, and the sequence number of the oldest one that memory holds.
  func archive(for sequence: Int) -> (any RecordArchive, held: Int)? {
    state.withLock { state in
      sequence < state.log.first ? state.archive.map { ($0, state.log.first) } : nil
    }
  }

  /// The same where the payload is wanted too, which goes from memory before its record.
  func archive(forWhole sequence: Int) -> (any RecordArchive, held: Int)? {
    state.withLock { state in
      guard let archive = state.archive else { return nil }
      let held = state.firstWhole
      return sequence < held ? (archive, held) : nil
    }
  }

  /// Takes records of one block, as `read` does.
  /// - Returns: false if the archive has none before those in memory.
  func read(
    _ batch: inout RecordBatch, from sequence: Int, count: Int, of archive: any RecordArchive, _ held: Int
  )
    -> Bool
  {
    guard let block = archive.block(from: sequence), block.first < held else { return false }
    let first = max(sequence, block.first)
    batch.begin(at: first, after: sequence, payloadsFrom: block.records[first - block.first].payloadPosition)
    var newest = SocketID.none
    for sequence in first..<min(block.end, held, first + count) where batch.hasRoom {
      let index = sequence - block.first
      let (record, place) = (block.records[index], batch.bytes.count)
      let isKept = block.copyPayload(index, to: &batch.bytes)
      batch.append(record, at: isKept ? place : nil)
      if record.socket != newest {
        newest = record.socket
        note(newest, in: &batch)
      }
      if let connection = record.connection { note(connection, in: &batch) }
    }
    return true
  }

  private func note(_ socket: SocketID, in batch: inout RecordBatch) {
    if socket != .none, batch.sockets[socket] == nil { batch.sockets[socket] = self.socket(socket)?.info }
  }

  /// Those with sequence numbers in a range, all before those in memory.
  func archived(_ range: Range<Int>, _ archive: any RecordArchive) -> [(sequence: Int, record: Record)] {
    var found: [(sequence: Int, record: Record)] = []
    var next = range.lowerBound
    while next < range.upperBound, let block = archive.block(from: next), block.end > next {
      for sequence in max(next, block.first)..<max(next, block.first, min(block.end, range.upperBound)) {
        found.append((sequence, block.records[sequence - block.first]))
      }
      next = block.end
    }
    return found
  }

  /// Those of one socket with ranks in a range, all before those in memory.
  func archived(of socket: SocketID, _ range: Range<Int>, _ archive: any RecordArchive) -> [(
    sequence: Int, record: Record
  )] {
    var found: [(sequence: Int, record: Record)] = []
    var next = range.lowerBound
    while next < range.upperBound, let (block, first) = archive.block(of: socket, from: next) {
      let indexes = block.indexes(of: socket)
      let end = first + indexes.count
      guard end > next else { break }
      for rank in max(next, first)..<max(next, first, min(end, range.upperBound)) {
        let index = Int(indexes[rank - first])
        found.append((block.first + index, block.records[index]))
      }
      next = end
    }
    return found
  }

  /// Adds the payload of a record to an array. Returns false if it is nowhere.
  func copyArchived(_ record: Record, in range: Range<Int>, to bytes: inout [UInt8]) -> Bool {
    guard let archive = state.withLock({ $0.archive }),
      let block = archive.block(ofPayload: record.payloadPosition),
      let index = block.index(ofPayload: record.payloadPosition)
    else { return false }
    return block.copyPayload(index, in: range, to: &bytes)
  }
}
