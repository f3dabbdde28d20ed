import SystemPackage
import Testing

@testable import Traffic

@Suite struct MessageFollowerTests {
  /// A socket that received these chunks, one recv each.
  private static func journal(
    _ chunks: [String], framing: String, atParent: Bool = false, from offset: Int64 = 0
  ) -> (Journal, SocketID) {
    let writer = JournalWriter(wall: 0)
    let parent = writer.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted, parent: parent))
    writer.update(atParent ? parent : socket) { $0.receivedFraming = FramingChoice(framing, from: offset) }
    for (number, chunk) in chunks.enumerated() {
      let time = Nanoseconds(number + 1) * 1_000
      writer.append(
        .recv(
          socket, from: time, to: time, asked: 100, result: Int32(chunk.utf8.count), flags: [], conditions: []
        ),
        text: chunk)
    }
    return (writer.journal, socket)
  }

  static let cases:
    [(chunks: [String], framing: String, calls: [ClosedRange<Int>], right: Int, halves: Int, stuck: Int)] = [
      (["{\"a\":1}", "{\"b\":2}"], "json", [1...1, 2...2], 2, 0, 0),
      (["{\"a\":", "1}"], "json", [1...2], 0, 2, 0),
      (["{\"a\":1}{\"b\":2}"], "json", [1...1, 1...1], 0, 0, 1),
      (["one\ntw", "o\nthree\n"], "newline", [1...1, 1...2, 2...2], 0, 2, 2),
      (["abc", "def", "ghi"], "fixed 9", [1...3], 0, 3, 0),
      (["\u{0}\u{2}hi", "\u{0}\u{1}x"], "length:u16be", [1...1, 2...2], 2, 0, 0),
      // What ended is only seen when the next one begins.
      (["17", " 18 ", "1", "9 "], "json", [1...1, 2...2, 3...4], 2, 2, 0),
      (["a", "b", "c"], "gap 1us", [1...1, 2...2], 3, 0, 0),
      (["a", "b", "c"], "gap 2us", [], 0, 3, 0),
    ]

  @Test(
    "messages know the calls that they came in, and how often one recv was not one message",
    arguments: cases.indices)
  func follows(_ place: Int) throws {
    let (chunks, framing, calls, right, halves, stuck) = Self.cases[place]
    for atParent in [false, true] {
      let (journal, socket) = Self.journal(chunks, framing: framing, atParent: atParent)
      let (messages, follower) = try #require(journal.messages(of: socket))
      #expect(messages.map(\.calls) == calls, "\(framing)")
      let naive = follower.naive
      #expect(
        (naive.receives, naive.right, naive.halves, naive.stuck) == (chunks.count, right, halves, stuck))
      #expect(messages.map(\.message.number) == Array(1..<calls.count + 1))
    }
  }

  @Test("a message of very many calls knows its first and its last one")
  func manyCalls() throws {
    let chunks = (0..<5000).map { $0 % 2500 == 2499 ? "x\ny" : "abc" }
    let (journal, socket) = Self.journal(chunks, framing: "newline")
    let messages = try #require(journal.messages(of: socket)).messages
    #expect(messages.map(\.calls) == [1...2500, 2500...5000])
  }

  @Test("what no framing can cut is no half message, nor is what is no longer held")
  func unknown() throws {
    let (journal, socket) = Self.journal(["{no ", "HTTP ", "at all"], framing: "http")
    #expect(try #require(journal.messages(of: socket)).follower.naive.receives == 0)
    var follower = MessageFollower(received: FramingChoice("newline"), sent: nil)
    var found: [FoundMessage] = []
    for (number, (text, isHeld)) in [("a\n", true), ("b\n", false), ("c\n", true)].enumerated() {
      var record = Record.recv(
        socket, from: 1, to: 1, asked: 9, result: 2, flags: [], conditions: [])
      (record.offset, record.number) = (Int64(2 * number), UInt32(number + 1))
      follower.take(record, payload: isHeld ? ArraySlice(text.utf8) : nil, into: &found)
    }
    #expect(follower.naive.receives == 2 && follower.naive.summary != "")
  }

  @Test("the content of a message lies in its chunks, without the framing's own bytes")
  func content() throws {
    let (journal, socket) = Self.journal(["one\r", "\ntwo\r\n"], framing: "crlf")
    let messages = try #require(journal.messages(of: socket)).messages
    let contents = messages.map {
      journal.content(of: $0.message, on: socket).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(contents == ["one", "two"])
  }

  @Test("a framing can begin behind the first bytes")
  func offset() throws {
    let (journal, socket) = Self.journal(["xxab", "cd"], framing: "fixed 2", from: 2)
    let messages = try #require(journal.messages(of: socket)).messages
    #expect(messages.map(\.message.range) == [2..<4, 4..<6])
  }

  @Test("nothing is cut where nobody said how, or said none")
  func unframed() {
    for framing in ["none", "no such framing"] {
      let (journal, socket) = Self.journal(["abc"], framing: framing)
      #expect(journal.messages(of: socket) == nil)
    }
  }

  @Test(
    "the summary says it in the words that people look for",
    arguments: [
      (
        ["{\"a\":", "1}", "{\"b\":2}{\"c\":3}", "{\"d\":4}"],
        "A reader that takes one recv for one message would have been wrong 3 of 4 times: 2 with half messages, 1 with messages stuck together."
      ),
      (
        ["{\"a\":1}", "\n"],
        "A reader that takes one recv for one message would have been wrong 1 of 2 times: 0 with half messages, 0 with messages stuck together, 1 without one."
      ),
      (["{\"a\":1}"], "Each recv returned one message: this time, of 1 time. Nothing promises that."),
    ])
  func sentence(chunks: [String], text: String) throws {
    let (journal, socket) = Self.journal(chunks, framing: "json")
    #expect(try #require(journal.messages(of: socket)).follower.naive.sentence == text)
  }
}
