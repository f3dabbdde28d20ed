import Foundation
import Reports
import Testing

@testable import Traffic

@Suite("Exports of lines and of bytes")
struct LineTests {
  @Test("JSON Lines are what --json prints, the signals left out")
  func jsonLines() throws {
    let run = SampleRun.whole
    let printed = run.text(
      JSONLines(version: "9.9", encoding: .base64), showing: Set(Record.Kind.allCases).subtracting([.signal]))
    let file = try ExportedFile(run.journal, .jsonl)
    #expect(file.text == printed)
    #expect(file.tally.written == printed.split(separator: "\n").count)
  }

  @Test("A limit leaves out what comes after, and says how much", arguments: [ExportKind.jsonl, .csv])
  func limit(kind: ExportKind) throws {
    let whole = try ExportedFile(SampleRun.whole.journal, kind)
    let file = try ExportedFile(SampleRun.whole.journal, kind, limit: 5)
    #expect(file.tally.written == 5)
    #expect(file.tally.leftOut == whole.tally.written - 5)
    #expect(whole.text.hasPrefix(file.text))
    #expect(file.tally.sentences.first?.hasSuffix("more records were left out (--limit 5)") == true)
  }

  @Test(
    "A table has the columns of the JSON, and each value in its own", .enabled(if: Tool.isThere("python3")))
  func table() throws {
    let journal = SampleRun.whole.journal
    let (csv, json) = (try ExportedFile(journal, .csv), try ExportedFile(journal, .jsonl))
    let program = """
      import csv, json, sys
      rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
      lines = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8')]
      assert len(rows) == len(lines), (len(rows), len(lines))
      for row, line in zip(rows, lines):
        assert None not in row and None not in row.values(), row
        for name, value in line.items():
          cell = row.pop(name)
          if name == 'data': continue
          if value is None: wanted = ''
          elif isinstance(value, bool): wanted = 'true' if value else 'false'
          elif isinstance(value, list): wanted = ','.join(map(str, value))
          else: wanted = str(value).replace('\\n', '\\\\n').replace('\\x1b', '\\\\u001b')
          assert cell == wanted, (name, cell, wanted)
        assert not any(row.values()), row
      print(len(rows))
      """
    #expect(
      try Tool.run("python3", "-c", program, csv.path, json.path)
        == "\(json.text.split(separator: "\n").count)\n")
  }

  @Test(
    "No text is a formula to a spreadsheet, breaks its row, or moves a terminal",
    arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a,\"b\"\r\n=1\u{1b}[2J", "\"\"", "\\"])
  func formula(text: String) throws {
    let run = SampleRun()
    run.writer.append(.mark(at: 1), text: text)
    let lines = try ExportedFile(run.journal, .csv).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    let place = try #require(CSVColumns.cells(String(lines[0])).firstIndex(of: "text"))
    let cell = CSVColumns.cells(String(lines[2]))[place]
    #expect(!"=+-@\t".contains(cell.first ?? " "))
    #expect(lines[2].unicodeScalars.allSatisfy { $0.value >= 0x20 })
    if text.first.map("=+-@".contains) == true { #expect(cell == "'" + text) }
  }

  @Test("Bytes in a table are hex, and none where nothing came")
  func data() throws {
    let file = try ExportedFile(SampleRun.whole.journal, .csv, where: "event=recv and socket=server.1")
    let lines = file.text.split(separator: "\n").dropFirst()
    #expect(
      lines.map { String($0.split(separator: ",", omittingEmptySubsequences: false).last ?? "") } == [
        "0x3100ff", "", "",
      ])
  }

  @Test("Raw bytes are those of one socket one way, in order, without what was peeked")
  func raw() throws {
    var talk = Talk()
    talk.recv(talk.server, [1, 2], flags: .peek)
    talk.recv(talk.server, [1, 2])
    talk.send(talk.server, [9])
    talk.recv(talk.server, [3])
    #expect(try ExportedFile(talk.journal, .raw, where: "event=recv").bytes == [1, 2, 3])
    #expect(try ExportedFile(talk.journal, .raw, where: "event=send").bytes == [9])
    #expect(throws: ExportError.severalStreams("server.1", .received, "server.1", .sent)) {
      try ExportedFile(talk.journal, .raw)
    }
    #expect(throws: ExportError.noBytes) { try ExportedFile(talk.journal, .raw, where: "socket=client") }
  }

  @Test("What was dropped is missing from raw bytes, and told")
  func missing() throws {
    var talk = Talk(memory: 4 << 20)
    for _ in 0..<100 { talk.recv(talk.server, [UInt8](repeating: 7, count: 65_536)) }
    let file = try ExportedFile(talk.journal, .raw)
    #expect(file.bytes.count < 6_553_600)
    #expect(file.tally.sentences.contains { $0.contains("of it are missing") })
  }

  @Test("A hex dump has a packet for each call")
  func hexDump() throws {
    var talk = Talk()
    talk.recv(talk.server, Array("0123456789 ab cd ef".utf8) + [0x00, 0xff], left: 0)
    let dump = try ExportedFile(talk.journal, .hexdump).text
    #expect(
      dump.split(separator: "\n").dropFirst().joined(separator: "\n") == """
        # server.1 #1 recv(21) returned 21 of 21, waited 1.20 ms: buffer full, 0 left, seq 1
        I 2026-11-21T00:00:00.002200000Z
        00000000  30 31 32 33 34 35 36 37  38 39 20 61 62 20 63 64  |0123456789 ab cd|
        00000010  20 65 66 00 ff                                    | ef..|
        """)
  }

  @Test(
    "text2pcap takes a hex dump, every byte and both ways",
    .enabled(if: Tool.isThere("text2pcap") && Tshark.isThere))
  func text2pcap() throws {
    let dump = try ExportedFile(Talk.recvReturns().journal, .hexdump, where: "socket=server.1")
    let capture = try ExportedFile(Talk.recvReturns().journal, .hexdump, limit: 0)
    try Tool.run("text2pcap", "-D", "-t", "ISO", "-u", "1,2", dump.path, capture.path)
    let rows = try Tshark(capture).fields("udp.length", "frame.time_epoch", "udp.srcport")
    #expect(rows.map(\.[0]) == ["13", "18", "18", "18", "18", "18", "11"])
    #expect(rows.first?[1] == "1795219200.002310000")
    #expect(Set(rows.map(\.[2])).count == 2)
  }
}
