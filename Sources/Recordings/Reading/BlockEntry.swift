import Traffic

/// What is known of a block without reading it.
struct BlockEntry: Sendable {
  /// Sequence number of its first record.
  var first: Int
  var count: Int
  /// Where its payloads lie among the journal's, and how many bytes of them there are.
  var position: Int64
  var bytes: Int64
  var kinds: RecordKinds

  var end: Int { first + count }
}
