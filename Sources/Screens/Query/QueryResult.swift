import Traffic

/// What SQL gave of the run.
public struct QueryResult: Sendable, Hashable {
  /// Rows that are kept at most.
  public static let most = 1000
  /// Bytes that they take at most, about.
  public static let mostBytes = 16 << 20
  /// Bytes of a cell that are of use on a screen.
  public static let longestCell = 1 << 10

  let sql: String
  public var columns: [String] = []
  private(set) var rows: [[QueryValue]] = []
  /// There were more.
  private(set) var isCut = false
  private var bytes = 0

  public init(_ sql: String) { self.sql = sql }

  /// - Returns: false if there is no room for more.
  public mutating func add(_ row: [QueryValue]) -> Bool {
    bytes += row.reduce(0) { sum, value in
      switch value {
      case .null, .integer, .real: sum + MemoryLayout<QueryValue>.stride
      case .text(let text): sum + MemoryLayout<QueryValue>.stride + text.utf8.count
      case .bytes(let bytes): sum + MemoryLayout<QueryValue>.stride + bytes.count
      }
    }
    isCut = rows.count == Self.most || bytes > Self.mostBytes
    if !isCut { rows.append(row) }
    return !isCut
  }

  var title: String {
    "\(rows.count)\(isCut ? " rows and more" : rows.count == 1 ? " row" : " rows"): \(sql)"
  }
}
