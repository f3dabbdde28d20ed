/// A stream beside pieces that have any bytes between them (`…`), chunk by chunk.
///
/// The first piece begins the stream and the last one ends it; each of the others is looked for behind the one before.
struct PieceComparison {
  /// The longest piece, so that little is held whatever the stream is.
  static let longestPiece: Int64 = 1 << 20
  static let tooLong = "what stands between two … has at most \(longestPiece) bytes"

  private let pieces: [[UInt8]]
  /// Bytes that were taken.
  private(set) var got: Int64 = 0
  /// Where the piece ended that was found last.
  private(set) var found: Int64 = 0
  /// Which piece comes next.
  private(set) var place = 0
  private var search = BytesSearch([])
  /// How much of the first piece is there.
  private(set) var same = 0
  private var hasDiffered = false
  /// The stream ends with the last piece as far as it was taken.
  private var isAtEnd = false

  /// - Parameter pieces: two or more; the first and the last may be empty.
  init(_ pieces: [[UInt8]]) {
    self.pieces = pieces
    if pieces[0].isEmpty { advance() }
  }

  /// To be asked when all was taken.
  var isSame: Bool { place == pieces.count - 1 && (isAtEnd || pieces[place].isEmpty) }

  /// Takes the next bytes of the stream.
  mutating func take(_ bytes: [UInt8]) {
    var start = 0
    if place == 0 {
      while start < bytes.count, place == 0, !hasDiffered {
        hasDiffered = bytes[start] != pieces[0][same]
        guard !hasDiffered else { break }
        (start, same) = (start + 1, same + 1)
        if same == pieces[0].count {
          found = Int64(same)
          advance()
        }
      }
      guard place > 0 else {
        got += Int64(bytes.count)
        return
      }
    }
    let before = got
    got += Int64(bytes.count)
    guard !pieces[place].isEmpty else { return }
    for index in start..<bytes.count {
      let isFound = search.accept(bytes[index])
      if place == pieces.count - 1 {
        isAtEnd = isFound
      } else if isFound {
        found = before + Int64(index + 1)
        advance()
        if pieces[place].isEmpty { return }
      }
    }
  }

  private mutating func advance() {
    place += 1
    search = BytesSearch(pieces[place], overlaps: place == pieces.count - 1)
  }
}
