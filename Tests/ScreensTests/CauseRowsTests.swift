import SystemPackage
import Testing
@testable import Screens
@testable import Traffic

@Suite("Rows in the order of cause")
struct CauseRowsTests {
  private let writer = JournalWriter(wall: 0)
  private let client: SocketID
  private let server: SocketID

  init() {
    client = writer.add(
      SocketInfo(name: "client", kind: .tcp, role: .client, local: "127.0.0.1:5", peer: "127.0.0.1:9"))
    server = writer.add(
      SocketInfo(name: "server.1", kind: .tcp, role: .accepted, local: "127.0.0.1:9", peer: "127.0.0.1:5"))
  }

  private func receive(_ number: Int) {
    let time = Nanoseconds(number) * 10_000
    SampleJournals.receive(writer, server, time - 2_000...time, asked: 10, "12345", queued: 0)
  }

  private func send(_ number: Int) {
    SampleJournals.send(
      writer, client, at: Nanoseconds(number) * 10_000 - 3_000, "12345", planned: 0, step: 0)
  }

  private func calls(_ model: Model) -> [String] {
    model.table.rows.map { row in
      guard case .record(let record, _) = row.item else { return "" }
      return "\(record.kind.word) \(record.number)"
    }
  }

  @Test("A send that returned after the recv it fed stands above it, with everything in view and both shown")
  func above() {
    for number in 1...20 {
      receive(number)
      send(number)
    }
    let all = press("", writer.journal, rows: 24, columns: 80).model
    #expect(calls(all).suffix(4) == ["send 19", "recv 19", "send 20", "recv 20"])
    #expect(calls(press("g", writer.journal, rows: 24, columns: 80).model).prefix(2) == ["send 1", "recv 1"])
    #expect(
      calls(press("x x x", writer.journal, rows: 24, columns: 80).model).suffix(2) == ["recv 19", "recv 20"])
    #expect(
      calls(press("n n", writer.journal, rows: 24, columns: 80).model).suffix(2) == ["recv 19", "recv 20"])
  }

  @Test(
    "What ended the sending side stands above the recv that told of it, and below the sends before it",
    arguments: [Record.Kind.close, .shutdown], [0, -Errno.connectionReset.rawValue])
  func ends(kind: Record.Kind, result: Int32) {
    send(1)
    receive(1)
    send(2)
    var told = Record(.recv, socket: server, start: 21_000, end: 25_000)
    (told.asked, told.result) = (10, result)
    writer.append(told)
    writer.append(
      kind == .close
        ? .close(client, .normal, from: 24_000, to: 27_000)
        : .shutdown(client, .write, from: 24_000, to: 27_000))
    let shown = calls(press("", writer.journal, rows: 24, columns: 80).model)
    #expect(shown == ["send 1", "recv 1", "send 2", "\(kind.word) 0", "recv 2"])
    // One that was called after it had returned is no cause.
    writer.append(.close(client, .normal, from: 26_000, to: 27_000))
    #expect(calls(press("", writer.journal, rows: 24, columns: 80).model).last == "close 0")
  }

  @Test("Each step of the cursor is one row, up and down, and every row is passed")
  func steps() {
    for number in 1...60 {
      receive(number)
      send(number)
    }
    var model = press("g", writer.journal, rows: 24, columns: 80).model
    var passed: [Int] = []
    for _ in 0..<119 {
      passed.append(model.table.cursor.sequence)
      _ = model.update(.key(Chord("j")), writer.journal)
    }
    var wanted: [Int] = []
    for number in 1...60 { wanted += [2 * number, 2 * number - 1] }
    #expect(passed == Array(wanted.dropLast()))
    for sequence in passed.reversed() {
      _ = model.update(.key(Chord("k")), writer.journal)
      #expect(model.table.cursor.sequence == sequence)
    }
  }

  @Test(
    "A send that comes late moves no row of a held view that is above what it fed, nor the row at its top")
  func held() {
    for number in 1...40 {
      send(number)
      receive(number)
    }
    receive(41)
    var model = press("k k", writer.journal, rows: 24, columns: 80).model
    let before = calls(model)
    #expect(before.last == "recv 41")
    send(41)
    _ = model.update(.journalChanged, writer.journal)
    #expect(calls(model).dropLast() == before.dropLast() && calls(model).last == "send 41")
    // The newest row alone is in view of what comes then.
    _ = model.update(.key(Chord("j")), writer.journal)
    _ = model.update(.key(Chord("j")), writer.journal)
    _ = model.update(.key(Chord("j")), writer.journal)
    #expect(calls(model).suffix(2) == ["send 41", "recv 41"])
  }

  @Test("What a filter hides in whole blocks hides no send that stands before them")
  func filtered() {
    for _ in 0..<30_000 { writer.append(Record(.mark, start: 0, end: 0)) }
    receive(1)
    send(1)
    for _ in 0..<30_000 { writer.append(Record(.mark, start: 0, end: 0)) }
    var model = Model(title: "lab")
    model.table.filter.hidden.insert(.marks)
    _ = model.update(.resized(rows: 24, columns: 80), writer.journal)
    #expect(calls(model) == ["send 1", "recv 1"])
    _ = model.update(.key(Chord("g")), writer.journal)
    #expect(calls(model) == ["send 1", "recv 1"])
  }
}
