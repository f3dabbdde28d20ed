/// Finds a pattern in a stream that comes in chunks, wherever these are cut.
///
/// A match counts as soon as its last byte is there, so `/a+/` is found at each `a`; the next match begins behind it.
public struct PatternMatcher: Sendable {
  /// How many bytes before the end of a match its groups can be had.
  public static let groupReach = 4096

  private enum Search: Sendable {
    case bytes(BytesSearch)
    case regex(RegexSearch)
    case groups(GroupSearch)
    case count(wanted: Int, seen: Int)
  }

  private var search: Search
  /// Bytes that were searched so far.
  public private(set) var position: Int64 = 0
  /// What the groups held of each match that the newest chunk ended, where they are kept: no bytes where a group
  /// took no part, nil where it began more than `groupReach` bytes before the end.
  public private(set) var groups: [[[UInt8]?]] = []

  /// - Parameter keepsGroups: whether `groups` is wanted; that takes more time.
  public init(_ pattern: Pattern, keepsGroups: Bool = false) {
    search =
      switch pattern {
      case .bytes(let bytes): .bytes(BytesSearch(bytes))
      case .regex(let regex):
        keepsGroups && regex.groups > 0 ? .groups(GroupSearch(regex)) : .regex(RegexSearch(regex))
      case .count(let count): .count(wanted: max(1, count), seen: 0)
      }
  }

  /// Searches the next chunk of the stream.
  /// - Returns: for each match that ends in it, the offset in the stream of the byte behind it, ascending.
  public mutating func search(_ chunk: some Sequence<UInt8>) -> [Int64] {
    var ends: [Int64] = []
    switch search {
    case .bytes(var bytes):
      for byte in chunk {
        position += 1
        if bytes.accept(byte) { ends.append(position) }
      }
      search = .bytes(bytes)
    case .regex(var regex):
      // The only other holder of its arrays lets go of them, or the first write would copy them.
      search = .count(wanted: 1, seen: 0)
      for byte in chunk {
        position += 1
        if regex.accept(byte) { ends.append(position) }
      }
      search = .regex(regex)
    case .groups(var regex):
      search = .count(wanted: 1, seen: 0)
      groups.removeAll()
      for byte in chunk {
        position += 1
        guard regex.accept(byte) else { continue }
        ends.append(position)
        groups.append(regex.groups)
      }
      search = .groups(regex)
    case .count(let wanted, var seen):
      for _ in chunk {
        position += 1
        seen += 1
        if seen == wanted {
          ends.append(position)
          seen = 0
        }
      }
      search = .count(wanted: wanted, seen: seen)
    }
    return ends
  }
}
