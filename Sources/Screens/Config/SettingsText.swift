/// The text of a file of settings.
public enum SettingsText {
  /// Files larger than this are nobody's settings.
  public static let mostBytes = 1 << 20

  /// Bytes as text.
  /// - Throws: the place of the first one that is no UTF-8: it would be read, and written back, as something else.
  public static func text(_ bytes: [UInt8], file: String) throws(SettingsError) -> String {
    do {
      return String(copying: try UTF8Span(validating: bytes.span))
    } catch {
      let valid = String(decoding: bytes[..<error.byteOffsets.lowerBound], as: UTF8.self).lines
      throw SettingsError(
        file: file, line: valid.count, column: valid[valid.count - 1].count + 1, message: "no UTF-8")
    }
  }
}

extension String {
  /// Its lines, whatever ends them; what follows the last line end is one too.
  var lines: [Substring] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }
}
