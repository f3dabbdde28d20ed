import Foundation
import Reports
import Traffic

/// An export in a file that is removed with the value.
final class ExportedFile {
  let path: String
  let tally: ExportTally

  init(_ journal: Journal, _ kind: ExportKind, where filter: String? = nil, limit: Int? = nil) throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "recvscope-export-\(UInt64.random(in: .min ... .max)).\(kind.rawValue)").path
    var bytes = Data()
    let options = ExportOptions(
      wall: SampleRun.wall, version: "9.9", filter: try filter.map { try Filter(parsing: $0) }, limit: limit)
    tally = try kind.write(journal, options) { bytes.append(contentsOf: $0) }
    try bytes.write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var bytes: [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
