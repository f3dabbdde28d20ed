import Foundation
import Testing

/// What tshark(1) sees in a capture, with every checksum looked at.
struct Tshark {
  static let isThere = Tool.isThere("tshark")

  /// It is there as long as this is.
  let file: ExportedFile

  init(_ file: ExportedFile) { self.file = file }

  private func run(_ words: [String]) throws -> String {
    let checks = ["ip", "tcp", "udp"].flatMap { ["-o", "\($0).check_checksum:TRUE"] }
    let all = ["tshark", "-n", "-r", file.path] + checks + words
    return try Tool.run(all)
  }

  /// Fields of each packet.
  func fields(_ names: String..., where filter: String? = nil) throws -> [[String]] {
    let words =
      ["-T", "fields", "-E", "separator=|"] + names.flatMap { ["-e", $0] }
      + (filter.map { ["-Y", $0] } ?? [])
    return try run(words).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
  }

  /// What a stream's client and its server have sent.
  func follow(_ stream: Int, _ kind: String = "tcp") throws -> (first: [UInt8], second: [UInt8]) {
    var sides: ([UInt8], [UInt8]) = ([], [])
    let lines = try run(["-q", "-z", "follow,\(kind),raw,\(stream)"]).split(separator: "\n")
    // Five lines of a head, and one below all.
    for line in lines where line.trimmingPrefix("\t").allSatisfy(\.isHexDigit) {
      let digits = Array(line.trimmingPrefix("\t").utf8)
      let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
      }
      if line.hasPrefix("\t") { sides.1 += bytes } else { sides.0 += bytes }
    }
    return sides
  }

  /// What the experts say that is a note or worse, but for the notes that a connection is closed; and each wrong checksum.
  func complaints() throws -> [String] {
    try fields("frame.number", "_ws.expert.severity", "_ws.expert.message", where: "_ws.expert")
      .filter { row in
        // PI_NOTE; see epan/expert.h.
        let notes = row[1].split(separator: ",").count { Int($0).map { $0 >= 0x0040_0000 } ?? true }
        return notes > row[2].ranges(of: "the connection closing").count
      }.map { $0.joined(separator: " ") }
      + fields(
        "frame.number", where: "ip.checksum.status==0 or tcp.checksum.status==0 or udp.checksum.status==0"
      )
      .map { "the checksum of \($0) is wrong" }
  }

  /// Fails where there are complaints.
  func checkPeace(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let complaints = try complaints()
    #expect(complaints.isEmpty, "\(complaints)", sourceLocation: sourceLocation)
  }
}
