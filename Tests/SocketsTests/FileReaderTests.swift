import Foundation
import Sockets
import Testing
import Traffic

@Suite("Reading whole files")
struct FileReaderTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test("A file of procfs, whose size is 0, is read to its end")
  func procfs() throws {
    let text = String(decoding: try FileReader.read("/proc/self/status"), as: UTF8.self)
    #expect(text.hasPrefix("Name:") && text.contains("nonvoluntary_ctxt_switches:"))
  }

  @Test("Every size comes whole", arguments: [0, 1, 256 << 10, (256 << 10) + 1, 3 << 20])
  func sizes(count: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let file = folder.appending(path: "file")
    try Data(bytes).write(to: file)
    #expect(try FileReader.read(file.path) == bytes)
    #expect(FileReader.look(file.path) == .size(Int64(count)))
  }

  @Test("A look at a FIFO that nobody writes to waits for nobody")
  func fifo() {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "fifo").path
    #expect(mkfifo(path, 0o600) == 0)
    #expect(FileReader.look(path) == .failed("is no regular file"))
  }

  @Test(
    "What cannot be read is told with the reason",
    arguments: [
      ("/proc/self/maps", "has more than 10 bytes"), ("/proc/self", "is a directory"),
      ("/dev/zero", "is no regular file"), ("/nowhere", "No such file or directory"),
      ("/etc/passwd", "bytes, more than 10"),
    ])
  func refusals(path: String, reason: String) {
    let failure = #expect(throws: FileFailure.self) { try FileReader.read(path, limit: 10) }
    #expect(failure?.path == path)
    #expect(failure?.reason.hasSuffix(reason) == true, "\(failure?.reason ?? "")")
    // What is known without reading is told without it; of procfs nothing is.
    let look = path == "/proc/self/maps" ? FileLook.unknown : .failed(failure?.reason ?? "")
    #expect(FileReader.look(path, limit: 10) == look)
  }
}
