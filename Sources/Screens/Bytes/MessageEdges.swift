import Traffic

/// Where messages begin among the bytes in view, and which chunks end inside one.
struct MessageEdges {
  enum Edge {
    /// A chunk begins, and nothing is known of messages.
    case chunk
    /// A message begins inside a chunk.
    case message
    /// Both begin.
    case both
    /// A chunk begins inside a message: it straddles two calls.
    case cut
  }

  private let messages: [Range<Int64>]

  /// - Parameter messages: those in view, in order.
  init(_ messages: [PlacedMessage]) { self.messages = messages.map(\.message.range) }

  /// What stands before a byte; nil if nothing does.
  func edge(before cell: BytesLine.Cell) -> Edge? {
    var (low, high) = (0, messages.count)
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].upperBound > cell.offset { high = middle } else { low = middle + 1 }
    }
    guard low < messages.count, messages[low].contains(cell.offset) else {
      return cell.isFirst ? .chunk : nil
    }
    let begins = messages[low].lowerBound == cell.offset && cell.offset > 0
    return cell.isFirst ? begins ? .both : .cut : begins ? .message : nil
  }
}

extension MessageEdges.Edge {
  var mark: String {
    switch self {
    case .chunk, .both: "▕"
    case .message: "╎"
    case .cut: "╫"
    }
  }

  var role: Role {
    switch self {
    case .chunk: .chunkEdge
    case .message, .both: .message
    case .cut: .error
    }
  }
}
