/// The bytes of one send(), as written.
public indirect enum Payload: Sendable, Equatable {
  /// A string's or a hex literal's bytes.
  case bytes([UInt8])
  /// Copies one after another in one send.
  case copies(Payload, Int)
  /// Several payloads in one send.
  case joined([Payload])
}
