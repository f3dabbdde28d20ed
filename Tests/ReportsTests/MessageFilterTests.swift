import Foundation
import Reports
import Testing

@testable import Traffic

@Suite("Lines of messages obey a filter as records do")
struct MessageFilterTests {
  /// Two connections of a listener, cut by newlines; the second ends inside a message.
  private static func journal() -> Journal {
    let writer = JournalWriter(wall: 0)
    let parent = writer.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    let sockets = ["server.1", "server.2"].map {
      writer.add(SocketInfo(name: $0, kind: .tcp, role: .accepted, parent: parent))
    }
    let choice = FramingChoice("newline", from: 0)
    writer.update(parent) { ($0.receivedFraming, $0.sentFraming) = (choice, choice) }
    writer.append(
      .option(parent, at: 0), OptionChange(name: FramingChoice.word, granted: "newline", asked: "newline"))
    var time: Nanoseconds = 0
    func receive(_ socket: SocketID, _ text: String) {
      time += 1_000
      writer.append(
        .recv(
          socket, from: time, to: time, asked: 100, result: Int32(text.utf8.count), flags: [], conditions: []),
        text: text)
    }
    receive(sockets[0], "one\ntw")
    receive(sockets[1], "GET x\nha")
    receive(sockets[0], "o\n")
    receive(sockets[1], "")
    receive(sockets[0], "")
    return writer.journal
  }

  private static func lines(
    _ text: String?, _ format: any RecordFormat = JSONLines(version: "", encoding: .text)
  )
    throws -> [Substring]
  {
    var printer = Printer(
      journal(), format, shown: Set(Record.Kind.allCases), filter: try text.map { try Filter(parsing: $0) },
      showsEvicted: true, showsMessages: true)
    printer.stopAtEnd()
    var output = ByteBuffer()
    repeat { printer.fill(&output, upTo: .max, at: 0) } while !printer.isAtEnd
    return output.text.split(separator: "\n")
  }

  private static func objects(_ text: String?) throws -> [[String: Any]] {
    try lines(text).compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
  }

  @Test(
    "only messages that pass are printed, beside the records that pass",
    arguments: [
      ("event=message", ["one", "GET x", "two", "ha"]), ("event=message and broken=cut", ["ha"]),
      ("event=message and not has broken", ["one", "GET x", "two"]), ("not broken=cut", []),
      ("data~\"GET\"", ["GET x\nha", "GET x"]),
      ("event=message and not data~/[tw]/", ["one", "GET x", "ha"]),
      ("length<4 and began>0s", ["ha"]), ("calls=1,2", ["two"]), ("payload=4,3", ["two"]),
      ("way=received and socket=server.1", ["one", "two"]), ("way=sent or n=77", []),
      ("any(broken=cut) and event=message", ["GET x", "ha"]),
      ("any(data=\"two\") and not event=recv", ["one", "two"]),
      ("not any(broken=cut) and event=message", ["one", "two"]),
      ("event=message and (n=2 or asked>5)", ["two", "ha"]), ("n=2 and event!=recv", ["two", "ha"]),
      ("t>2us and length>3 and notes=\"\"", ["two"]),
    ] as [(String, [String])])
  func printed(filter: String, data: [String]) throws {
    #expect(try Self.objects(filter).compactMap { $0["data"] as? String } == data)
  }

  @Test("each field of a message's line is one that a filter knows by its value")
  func fields() throws {
    let messages = try Self.objects(nil).filter { $0["event"] as? String == "message" }
    #expect(messages.count == 4)
    for message in messages {
      let number = try #require(message["seq"] as? Int)
      for (name, value) in message {
        if value is NSNull {
          #expect(try Self.objects("seq=\(number) and event=message and has \(name)").isEmpty)
          continue
        }
        let text =
          (value as? [Any]).map { "\"\($0.map { "\($0)" }.joined(separator: ","))\"" } ?? (value as? String)
          .map { "\"\($0)\"" }
          ?? (["t", "began"].contains(name) ? "\(value)ns" : "\(value)")
        let escaped = text.replacing("\n", with: "\\n")
        let found = try Self.objects("event=message and seq=\(number) and \(name)=\(escaped)")
        #expect(found.contains { $0["n"] as? Int == message["n"] as? Int }, "\(name)=\(escaped)")
      }
    }
  }

  @Test("the sentence about one recv for one message follows the messages that are shown")
  func sentence() throws {
    func sockets(_ filter: String?) throws -> [String] {
      try Self.lines(filter, PlainText(version: "")).filter { $0.contains("one recv for one message") }
        .map { $0.contains("server.1") ? "server.1" : "server.2" }
    }
    #expect(try sockets(nil) == ["server.2", "server.1"])
    #expect(try sockets("event=message and broken=cut") == ["server.2"])
    #expect(try sockets("event=recv") == [])
  }
}
