import Reports
import Testing
import Traffic

@Suite("Plain text")
struct PlainTextTests {
  @Test("Every kind of record has its line")
  func lines() throws {
    try ExpectedFile("records.txt").check(SampleRun.whole.text(PlainText(version: "9.9")))
  }

  @Test("The names of the columns stand above them, once")
  func head() throws {
    let run = SampleRun()
    var send = Record.send(run.client, flags: .noSignal)
    (send.start, send.end, send.asked, send.result) = (0, 1_000, 654_321, 123_456)
    run.append(send, Array("12345".utf8))
    var recv = Record.recv(
      run.connection, from: 1_000, to: 2_000, asked: 654_321, result: 123_456, flags: [], conditions: [])
    (recv.queued, recv.segments) = (5, 7)
    run.append(recv, [0x31])
    let format = PlainText(version: "9.9", hasHead: true)
    let lines = run.text(format, showing: [.recv, .send]).split(separator: "\n").map(Array.init)
    try #require(lines.count == 3)
    let head = String(lines[0])
    func column(_ title: String) throws -> Range<Int> {
      let range = try #require(head.firstRange(of: title))
      let start = head.distance(from: head.startIndex, to: range.lowerBound)
      return start..<start + title.count
    }
    // Where a text begins its title begins, and where a number ends its title ends.
    for line in lines.dropFirst() {
      for title in ["socket", "call", "#", "asked", "why"] {
        let start = try column(title).lowerBound
        #expect(line[start - 1] == " " && line[start] != " ", "\(title): \(String(line))")
      }
      for title in ["time", "got", "waited"] {
        let end = try column(title).upperBound
        #expect(line[end - 1] != " " && line[end] == " ", "\(title): \(String(line))")
      }
    }
    for title in ["left", "segs"] {
      let columns = try column(title)
      #expect(String(lines[2][columns]) == title)
    }
    #expect(!run.text(format, showing: [.close]).contains("socket"))
    #expect(!run.text(PlainText(version: "9.9"), showing: [.recv]).contains("socket"))
  }

  @Test("The end of a burst has no line where its send() says all of it")
  func plainBurst() {
    let run = SampleRun()
    var report = BurstReport(.done)
    (report.sends, report.bytes, report.unsentSends, report.unsentBytes) = (1, 5, 0, 0)
    run.writer.append(.burst(run.client, from: 0, to: 1, number: 1, report), report)
    report.sends = 2
    run.writer.append(.burst(run.client, from: 0, to: 1, number: 2, report), report)
    let folded = run.text(PlainText(version: "9.9", foldsBursts: true))
    #expect(!folded.contains("burst 1:") && folded.contains("burst 2:"))
    #expect(run.text(PlainText(version: "9.9")).contains("burst 1:"))
  }

  @Test("Bytes and sentences stand below their record")
  func below() {
    let run = SampleRun()
    var send = Record.send(run.client, flags: .noSignal)
    (send.asked, send.result) = (5, 5)
    run.append(send, Array("12345".utf8))
    run.append(
      .recv(run.connection, from: 1_000, to: 2_000, asked: 4, result: 4, flags: .peek, conditions: []),
      [0x31, 0x00, 0xff, 0x33])
    #expect(
      run.text(PlainText(version: "9.9", showsHex: true, explains: true), showing: [.recv]) == """
           0.000 002  server.1    recv      #1          4 of 4          — left   — segs    1.0 µs  peeked, still queued [peek]
                      00000000  31 00 ff 33                                       1␀·3
                      MSG_PEEK copied 4 bytes and took none out of the queue: the next recv() gets the same
                      bytes.
                      man recv(2), MSG_PEEK

        """)
  }

  @Test(
    "No byte of a note or a payload reaches the terminal unmapped",
    arguments: [
      Array(UInt8.min...UInt8.max), Array("\u{9b}31m\u{202e}\u{2066}\u{200b}\u{2028}中😀".utf8), [0xc3], [],
      [UInt8](repeating: 0x1b, count: 1 << 20),
    ])
  func hostile(bytes: [UInt8]) {
    let run = SampleRun()
    run.append(.mark(at: 1), bytes)
    run.append(
      .recv(run.datagrams, from: 0, to: 1, asked: 1, result: 0, flags: [], conditions: .datagram), bytes)
    let text = run.text(PlainText(version: "9.9", showsHex: true), showing: [.mark, .recv])
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || Glyph($0).scalar == $0 })
    #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 2 + (bytes.count + 15) / 16)
  }

  @Test("A payload that is no longer held is said to be")
  func dropped() {
    let run = SampleRun()
    var output = ByteBuffer()
    let record = Record.recv(run.connection, from: 0, to: 1, asked: 5, result: 5, flags: [], conditions: [])
    PlainText(version: "9.9", showsHex: true)
      .write(record, sequence: 3, payload: nil, names: SocketNames(run.journal), to: &output)
    #expect(output.text.contains("\n              (these bytes were dropped, to stay within --memory)\n"))
  }
}
