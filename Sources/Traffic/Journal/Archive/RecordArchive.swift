/// Where records are kept that the journal's memory does not hold: the file of a recording.
///
/// Sequence numbers and ranks are the journal's own. Some between the first and the last may be missing: then a block is
/// asked for, and the next one that there is comes.
public protocol RecordArchive: AnyObject, Sendable {
  /// From the oldest record to behind the newest one.
  var records: Range<Int> { get }

  /// The block that holds a record, or the first one behind it.
  func block(from sequence: Int) -> ArchivedBlock?

  /// The block that holds the payload bytes at a position of the journal's.
  func block(ofPayload position: Int64) -> ArchivedBlock?

  /// From the first of a socket's records to behind the last.
  func ranks(of socket: SocketID) -> Range<Int>

  /// The block that holds a socket's record with a rank, or the first one behind it, and the rank of the socket's first
  /// record in that block.
  func block(of socket: SocketID, from rank: Int) -> (block: ArchivedBlock, first: Int)?

  /// The rank of a socket's first record at or after a sequence number.
  func rank(of socket: SocketID, atOrAfter sequence: Int) -> Int

  /// As `Journal.skip`.
  func skip(of socket: SocketID?, from place: Int, to kinds: RecordKinds) -> Int
  func skip(of socket: SocketID?, backFrom place: Int, to kinds: RecordKinds) -> Int

  func socket(_ socket: SocketID) -> (info: SocketInfo, totals: SocketTotals)?
  func socket(named name: String) -> SocketID?
  func text(of address: AddressID) -> String?
}
