import SystemPackage

/// How the calls of a socket differ between two runs, in sentences.
public struct CompareSentences {
  private let comparison: SocketComparison
  /// What the runs are called.
  private let names: (a: String, b: String)

  public init(_ comparison: SocketComparison, names: (a: String, b: String) = ("A", "B")) {
    (self.comparison, self.names) = (comparison, names)
  }

  /// A few words.
  public var verdict: String {
    let cuts =
      comparison.isSame
      ? "the same calls"
      : comparison.isByOrder ? "other datagrams" : comparison.hasSameBytes ? "cut differently" : "different"
    return "\(cuts), \(bytesWords)"
  }

  private var bytesWords: String {
    if let difference = comparison.bytes.difference {
      return comparison.isByOrder ? "other bytes" : "other bytes from offset \(difference.offset) on"
    }
    if comparison.a.bytes != comparison.b.bytes {
      let more = abs(comparison.a.bytes - comparison.b.bytes)
      return "\(comparison.a.bytes > comparison.b.bytes ? names.a : names.b) has \(more) bytes more"
    }
    if comparison.bytes.unknown > 0 { return "as many bytes" }
    return "the same bytes"
  }

  /// Where they part, what became of the bytes, what could not be compared, and by how much times differ.
  public var sentences: [String] {
    var sentences: [String] = []
    if comparison.start > 0 {
      sentences.append(
        "The bytes before offset \(comparison.start) were left out: one of the runs does not hold them.")
    }
    if let first = comparison.firstDifference { sentences.append(parting(first)) }
    sentences.append(contentsOf: bytes)
    if comparison.isSame, let times { sentences.append(times) }
    if comparison.a.idle != comparison.b.idle {
      sentences.append(
        "Calls that returned nothing (EAGAIN, EINTR, a peek) are not laid beside each other: \(names.a) made "
          + "\(comparison.a.idle), \(names.b) \(comparison.b.idle).")
    }
    return sentences
  }

  private var call: String { comparison.direction == .received ? "recv" : "send" }

  private func parting(_ row: ComparedRow) -> String {
    func told(_ run: String, _ call: ComparedCall?) -> String {
      guard let call else { return "\(run) has no more calls" }
      return "\(run)'s \(self.call) #\(call.record.number) \(Self.result(call.record))"
    }
    let place =
      comparison.isByOrder
      ? "From datagram \(row.a?.record.number ?? row.b?.record.number ?? 0) on"
      : "From offset \(row.offset) on"
    return "\(place): \(told(names.a, row.a)), \(told(names.b, row.b))."
  }

  static func result(_ record: Record) -> String {
    if let errno = record.errno { return "failed with \(errno.name)" }
    if record.result == 0, record.kind == .recv {
      return record.conditions.contains(.datagram)
        ? "returned an empty datagram" : "returned 0, end of stream"
    }
    return "returned \(record.result) of \(record.asked)"
  }

  private var bytes: [String] {
    var sentences: [String] = []
    if let difference = comparison.bytes.difference {
      sentences.append(
        "The bytes differ from offset \(difference.offset) on: \(names.a) has \(difference.a.shown), \(names.b) has "
          + "\(difference.b.shown).")
    } else if comparison.a.bytes != comparison.b.bytes {
      let (less, more) =
        comparison.a.bytes < comparison.b.bytes
        ? (comparison.a.bytes, comparison.b.bytes) : (comparison.b.bytes, comparison.a.bytes)
      sentences.append(
        (less == 0 ? "One of them has no bytes" : "The \(less) bytes that both have are the same")
          + "; \(comparison.a.bytes > comparison.b.bytes ? names.a : names.b) has \(more - less) more.")
    } else if comparison.bytes.same > 0, !comparison.isSame {
      sentences.append("The bytes are the same.")
    }
    if comparison.bytes.unknown > 0 {
      sentences.append(
        "\(Units.count(Int(comparison.bytes.unknown))) bytes were not compared: one of the runs does not hold them."
      )
    }
    return sentences
  }

  private var times: String? {
    let parts = [
      comparison.waited.map {
        "waits differ by up to \(Units.duration(Self.size($0))) (\(call) #\($0.number))"
      },
      comparison.arrived.map { "arrivals by up to \(Units.duration(Self.size($0))) (#\($0.number))" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "Of the times, " + parts.joined(separator: ", ") + "."
  }

  private static func size(_ largest: SocketComparison.Largest) -> Nanoseconds {
    Nanoseconds(clamping: largest.difference.magnitude)
  }
}

extension [UInt8] {
  /// As hex and as text: `48 0a "H·"`.
  var shown: String {
    let hex = map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    let text = map { (0x20..<0x7f).contains($0) ? String(UnicodeScalar($0)) : "·" }.joined()
    return "\(hex) \"\(text)\""
  }
}
