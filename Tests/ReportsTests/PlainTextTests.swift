import Reports
import Testing
import Traffic

@Suite("Plain text")
struct PlainTextTests {
  @Test("Every kind of record has its line")
  func lines() throws {
    try ExpectedFile("records.txt").check(SampleRun.whole.text(PlainText(version: "9.9")))
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
