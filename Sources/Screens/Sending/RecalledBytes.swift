import Traffic

/// Bytes that went by, to be sent as one: as much as a line can hold.
struct RecalledBytes {
  /// What a line can hold and be edited in.
  private static let most = 4 << 10

  let burst: Burst
  private let count: String
  private let missing: Int64

  /// Nil if none of the bytes is held any more.
  init?(_ source: CopySource, _ journal: Journal) {
    var pieces = source.pieces(journal)
    guard let bytes = pieces.next(limit: Self.most) else { return nil }
    burst = Burst(steps: [.send(Payload(shortestFor: bytes))])
    let isCut = Int64(bytes.count) + pieces.missing < source.count
    count = isCut ? "the first \(bytes.count) of \(source.count)" : "\(bytes.count)"
    missing = pieces.missing
  }

  /// What is said of it.
  /// - Parameter stream: whose bytes they are: `received by server.1`.
  func words(_ stream: String) -> String { "\(count) B \(stream)" + CopyPieces.words(missing: missing) }
}
