import Labs
import Staging
import Testing
import Traffic

/// A run of lab lines whose wire is captured.
final class CapturedRun {
  let stage = Stage()
  var journal: Journal { stage.journal }

  /// - Parameter before: lines that are played before the capture begins.
  init(_ text: String, before: String = "") throws {
    try stage.play(before)
    try stage.runner.captureWire().get()
    try stage.play(text)
    stage.runner.endWire()
  }

  func records(_ name: String) throws -> [Record] {
    journal.records(of: try stage.id(name), in: 0..<Int.max).map(\.record)
  }

  /// What passed of a socket, one way, in order.
  func segments(_ name: String, _ way: Direction) throws -> [Segment] {
    try records(name).filter { $0.wireWay == way }.compactMap(\.segment)
  }

  /// The same in words, flags alone.
  func flags(_ name: String) throws -> [String] {
    try records(name).compactMap { record in
      record.segment.map { "\(record.wireWay == .sent ? "→" : "←") \($0.flags.names.joined(separator: " "))" }
    }
  }
}
