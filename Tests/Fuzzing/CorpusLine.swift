import Foundation

/// An input as a line of a corpus, where pictures stand for what cannot be in a line of text: ␤ and ␍ for line ends, ␀
/// for a zero byte, ␦ for a byte that is no UTF-8.
public enum CorpusLine {
  private static let pictures: [(byte: UInt8, picture: Unicode.Scalar)] = [
    (0x0a, "\u{2424}"), (0x0d, "\u{240d}"), (0x00, "\u{2400}"), (0xff, "\u{2426}"),
  ]

  public static func bytes(_ line: some StringProtocol) -> [UInt8] {
    line.unicodeScalars.flatMap { scalar in
      pictures.first { $0.picture == scalar }.map { [$0.byte] } ?? Array(String(scalar).utf8)
    }
  }

  /// What is no UTF-8 becomes ␦, whatever it is.
  public static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let byte: UInt8? = scalar == "\u{fffd}" ? 0xff : UInt8(exactly: scalar.value)
      text.append(pictures.first { $0.byte == byte }?.picture ?? scalar)
    }
    return String(text)
  }

  /// The inputs of `NAME.corpus` beside a source file.
  public static func inputs(_ name: String, beside source: String) -> [[UInt8]] {
    let folder = URL(fileURLWithPath: source).deletingLastPathComponent()
    let file = try? String(contentsOf: folder.appending(path: "\(name).corpus"), encoding: .utf8)
    return (file ?? "").split(separator: "\n").map { bytes($0) }
  }
}
