import Traffic

/// Bytes on their way into a file: gathered, and given away by the piece.
struct ExportOutput: ~Copyable {
  private static let full = 1 << 20

  var buffer = ByteBuffer(capacity: 2 * full)
  private let sink: (UnsafeRawBufferPointer) throws -> Void

  init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

  /// Gives away what is there once it is a piece; to be called after each record or so.
  mutating func pass() throws { if buffer.count >= Self.full { try flush() } }

  /// Gives away all.
  mutating func flush() throws {
    let failure: (any Error)? = buffer.withUnsafeBytes { bytes in
      if bytes.isEmpty { return nil }
      do { try sink(bytes) } catch { return error }
      return nil
    }
    buffer.removeAll()
    if let failure { throw failure }
  }
}
