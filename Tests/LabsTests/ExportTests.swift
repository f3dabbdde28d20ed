import Foundation
import Labs
import Reports
import Staging
import Testing
import Traffic

extension LabsTests {
  @Suite("Exports of real runs")
  struct ExportTests {
    private static func path(_ ending: String) -> String {
      FileManager.default.temporaryDirectory
        .appending(path: "recvscope-lab-\(UInt64.random(in: .min ... .max)).\(ending)").path
    }

    /// What each recv of a socket returned.
    private static func results(_ name: String, _ stage: Stage) throws -> [Int?] {
      try stage.records(name, .recv).map(\.returned)
    }

    @Test("A lab that is written from a run gives the run again")
    func again() throws {
      let first = Stage()
      let failure = first.failure(
        of: """
          listen 127.0.0.1:0 --as server --recv 10
          connect server --as client
          send client "12345" 100ms "a"*50
          wait server.1 bytes 55
          send server.1 'say "hi"' 20ms 0x00ff
          wait client bytes 10
          shutdown client write
          wait server.1 end
          close server.1
          wait client end
          """)
      #expect(failure == nil)
      let path = Self.path("lab")
      defer { try? FileManager.default.removeItem(atPath: path) }
      let options = ExportOptions(wall: first.run.clock.wall, version: "9.9")
      _ = try ExportFile.write(first.journal, .lab, options, to: path).get()
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let port = try #require(first.journal.socket(try first.id("server"))?.info.local)
      let second = Stage()
      #expect(second.failure(of: text.replacing(port, with: "127.0.0.1:0")) == nil, "\(text)")
      try second.wait("the second run receives as much") {
        (try? second.received("server.1").count) == 55 && (try? second.received("client").count) == 10
      }
      for name in ["server.1", "client"] { #expect(try second.received(name) == first.received(name)) }
      #expect(try Self.results("server.1", second).prefix(6) == [5, 10, 10, 10, 10, 10])
      let sends = try second.records("client", .send)
      #expect(sends.count == 2)
      #expect(try #require(sends.last).start - sends[0].start >= 99_000_000)
    }

    @Test("While it is written it has no name: nothing is left of one that is interrupted")
    func unnamed() throws {
      let folder = Self.path("folder")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      var names: [String]?
      let result = ExportFile.write(to: folder + "/a.csv") { sink in
        try Array("x".utf8).withUnsafeBytes(sink)
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      }
      _ = try result.get()
      #expect(names == [])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.csv"])
      #expect(try String(contentsOfFile: folder + "/a.csv", encoding: .utf8) == "x")
      // Somebody else takes the name meanwhile.
      let second = ExportFile.write(to: folder + "/b.csv") { _ in
        _ = FileManager.default.createFile(atPath: folder + "/b.csv", contents: Data("mine".utf8))
      }
      #expect(throws: ExportFile.Failure.self) { try second.get() }
      #expect(try String(contentsOfFile: folder + "/b.csv", encoding: .utf8) == "mine")
    }

    @Test("A file is the user's alone, and one that is there stays as it is")
    func file() throws {
      let stage = Stage()
      let path = Self.path("jsonl")
      defer { try? FileManager.default.removeItem(atPath: path) }
      try stage.play("export jsonl \(path)")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(#"{"event":"start","seq":0,"#))
      #expect(
        stage.failure(of: "export csv \(path)")
          == "\(path) is there already and stays as it is; choose another name")
      #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("{"))
      let folder = (path as NSString).deletingLastPathComponent
      let name = (path as NSString).lastPathComponent
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(name) } == [name])
      #expect(
        stage.failure(of: "export csv \(path)-folder/a.csv")?.hasPrefix("\(path)-folder/a.csv: ENOENT")
          == true)
      #expect(stage.failure(of: "export raw \(path)2")?.hasPrefix("there are no bytes") == true)
      #expect(!FileManager.default.fileExists(atPath: path + "2"))
    }
  }
}
