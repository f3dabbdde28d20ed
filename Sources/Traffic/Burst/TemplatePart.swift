/// A piece of a string with macros.
public enum TemplatePart: Sendable, Equatable {
  case bytes([UInt8])
  case macro(Macro)
  /// A macro that holds a payload.
  indirect case field(PayloadField)
}
