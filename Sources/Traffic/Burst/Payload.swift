/// The bytes of one send(), as written.
public enum Payload: Sendable, Equatable {
  /// A string's or a hex literal's bytes.
  case literal(Literal)
  /// Copies one after another in one send.
  indirect case copies(Payload, Int)
  /// Two or more payloads in one send.
  case joined([Payload])
  /// The contents of a file.
  case file(String)
  /// So many zero bytes.
  case zeros(Int)
  /// 00 01 02 …, after ff from 00 again.
  case counting(Int)
  /// Made-up bytes: the same ones for the same seed, others in each send without one.
  indirect case random(Int, seed: UInt64?)
  /// A string with macros: at least one, and never two pieces of text side by side.
  case template([TemplatePart])

  /// A literal of these bytes.
  public static func bytes(_ bytes: [UInt8]) -> Payload { .literal(Literal(bytes)) }
}
