import Synchronization

/// Records that were read from an archive, one behind the other, with their payloads.
public final class ArchivedBlock: Sendable {
  /// Sequence number of the first one.
  public let first: Int
  public let records: [Record]
  /// Payload bytes that came before those of the first record.
  public let position: Int64
  /// Of each record, where its payload begins among those that are kept; -1 if it is not kept.
  private let places: [Int]
  private let load: @Sendable () -> [UInt8]?
  private let loaded = Mutex<[UInt8]?>(nil)
  private let ofSockets = Mutex<[SocketID: [Int32]]?>(nil)

  /// - Parameters:
  ///   - records: their payloads' positions need not be filled in.
  ///   - isKept: whether the payload is, of each record.
  ///   - load: reads all payloads that are kept; nil if they cannot be read.
  public init(
    first: Int, _ records: consuming [Record], isKept: [Bool], position: Int64,
    load: @escaping @Sendable () -> [UInt8]?
  ) {
    var (next, place) = (position, 0)
    var places: [Int] = []
    places.reserveCapacity(records.count)
    for index in records.indices {
      records[index].payloadPosition = next
      let length = Int(records[index].payloadLength)
      next += Int64(length)
      places.append(isKept[index] ? place : -1)
      if isKept[index] { place += length }
    }
    self.first = first
    self.records = records
    self.position = position
    self.places = places
    self.load = load
  }

  /// Sequence number behind the last one.
  public var end: Int { first + records.count }

  /// Adds the payload of a record, by its index, to an array.
  /// - Parameter range: which of its bytes.
  /// - Returns: false if it is not kept.
  func copyPayload(_ index: Int, in range: Range<Int> = 0..<Int.max, to bytes: inout [UInt8]) -> Bool {
    let length = Int(records[index].payloadLength)
    if length == 0 { return true }
    guard places[index] >= 0 else { return false }
    return loaded.withLock { loaded in
      if loaded == nil { loaded = load() }
      let part = range.clamped(to: 0..<length)
      let from = places[index] + part.lowerBound
      guard let all = loaded, from + part.count <= all.count else { return false }
      bytes.append(contentsOf: all[from..<from + part.count])
      return true
    }
  }

  /// The index of the record whose payload begins at a position of the journal's; nil if none does.
  func index(ofPayload position: Int64) -> Int? {
    var (low, high) = (0, records.count)
    while low < high {
      let middle = low + (high - low) / 2
      if records[middle].payloadPosition <= position { low = middle + 1 } else { high = middle }
    }
    // Those without a payload lie where the next one does: the last is the one that has it.
    return low > 0 && records[low - 1].payloadPosition == position ? low - 1 : nil
  }

  /// The indexes of one socket's records.
  public func indexes(of socket: SocketID) -> [Int32] {
    ofSockets.withLock { all in
      if all == nil {
        // Most records are of the same socket as the one before: those are added at once.
        var made: [SocketID: [Int32]] = [:]
        var start = 0
        while start < records.count {
          let socket = records[start].socket
          var end = start + 1
          while end < records.count, records[end].socket == socket { end += 1 }
          made[socket, default: []].append(contentsOf: Int32(start)..<Int32(end))
          start = end
        }
        all = made
      }
      return all?[socket] ?? []
    }
  }
}
