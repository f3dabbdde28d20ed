import Testing

@testable import Traffic

@Suite("Where messages end, as bytes come")
struct MessageEndsTests {
  private static func socket(_ writer: JournalWriter, _ chunks: [String]) -> SocketID {
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    for chunk in chunks {
      writer.append(
        .recv(
          socket, from: 0, to: 1, asked: 100, result: Int32(chunk.utf8.count), flags: [], conditions: []),
        text: chunk)
    }
    return socket
  }

  @Test("what was received is caught up with, and what comes goes on from there")
  func catchUp() throws {
    let writer = JournalWriter(wall: 0)
    let socket = Self.socket(writer, ["one\nt", "wo\nth"])
    var ends = try #require(MessageEnds(received: FramingChoice("newline"), sent: nil))
    #expect(writer.journal.catchUp(&ends, on: socket) == [0..<4, 4..<8])
    #expect(Array("ree\n".utf8).withUnsafeBytes { ends.receive($0, at: 10) } == [8..<14])
    #expect(!ends.isLost)
  }

  @Test("where bytes are no longer held nothing is known, and where no message can be found neither")
  func unknown() throws {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let socket = Self.socket(writer, ["one\n"])
    _ = Self.socket(writer, Array(repeating: String(repeating: "x", count: 60_000), count: 200))
    var ends = try #require(MessageEnds(received: FramingChoice("newline"), sent: nil))
    #expect(writer.journal.catchUp(&ends, on: socket) == nil)
    var lost = try #require(MessageEnds(received: FramingChoice("tls"), sent: nil))
    #expect(writer.journal.catchUp(&lost, on: Self.socket(writer, ["no TLS"])) != nil)
    #expect(lost.isLost)
    for text in ["none", "no such framing"] {
      #expect(MessageEnds(received: FramingChoice(text), sent: nil) == nil)
    }
  }
}
