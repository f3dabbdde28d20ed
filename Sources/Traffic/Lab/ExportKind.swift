/// What a run can be written as.
public enum ExportKind: String, CaseIterable, Sendable {
  case jsonl, csv, pcapng, html, hexdump, raw, lab

  /// How the names of its files end.
  public var ending: String {
    switch self {
    case .jsonl, .csv, .pcapng, .html, .lab: rawValue
    case .hexdump: "txt"
    case .raw: "bin"
    }
  }

  /// All of them, as a usage has them.
  public static let words = allCases.map(\.rawValue).joined(separator: "|")

  /// What it is, for lists.
  public var meaning: String {
    switch self {
    case .jsonl: "a JSON object a line, as --json prints"
    case .csv: "a table, its columns named as in the JSON"
    case .pcapng: "a capture for Wireshark, with made-up headers and each call as a comment"
    case .html: "a report in one file, to read and to print"
    case .hexdump: "hex lines of each call, as text2pcap takes them"
    case .raw: "the bytes of one socket one way"
    case .lab: "a lab that sends what was sent, with the pauses"
    }
  }
}
