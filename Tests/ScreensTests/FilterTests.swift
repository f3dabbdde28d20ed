import Testing

@testable import Screens
@testable import Traffic

@Suite("The table shows what passes a condition")
struct FilterTests {
  private func model(_ journal: Journal, rows: Int = 36) -> Model {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: rows, columns: 120), journal)
    return model
  }

  /// Types a condition behind `&`, and looks until all is found.
  private func filter(_ model: inout Model, _ text: String, _ journal: Journal) {
    _ = model.update(.key(Chord("&")), journal)
    _ = model.update(.paste(text), journal)
    _ = model.update(.key(Chord(.enter)), journal)
    search(&model, journal)
  }

  private func search(_ model: inout Model, _ journal: Journal) {
    var steps = 0
    while model.isSearching, steps < 100_000 {
      _ = model.update(.goOn, journal)
      steps += 1
    }
    #expect(!model.isSearching)
  }

  private func sequences(_ model: Model) -> [Int] { model.table.rows.map(\.item.id.sequence) }

  @Test("Rows that do not pass are hidden, the title says why, and an empty line or Escape shows them again")
  func shown() {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    let all = sequences(model)
    filter(&model, "event=recv and returned<10", journal)
    #expect(!sequences(model).isEmpty && sequences(model).count < all.count)
    #expect(model.table.rows.allSatisfy { [.received, .ended].contains(RowKind($0.item)) })
    #expect(view(model, journal).grid.text.contains(" Everything   where event=recv and returned<10 "))
    _ = model.update(.key(Chord("&")), journal)
    _ = model.update(.key(.control("u")), journal)
    _ = model.update(.key(Chord(.enter)), journal)
    #expect(sequences(model) == all)
    filter(&model, "n=2", journal)
    #expect(view(model, journal).grid.text.contains("where n=2"))
    #expect(model.table.rows.count == 2)
    _ = model.update(.key(Chord(.escape)), journal)
    #expect(sequences(model) == all)
    #expect(!view(model, journal).grid.text.contains("where n=2"))
  }

  @Test("A mistake stays to be mended, and the rows as they were")
  func mistake() {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    let all = sequences(model)
    filter(&model, "askd>1", journal)
    #expect(view(model, journal).grid.text.contains("there is no field askd; did you mean asked?"))
    #expect(model.overlay?.prompt != nil)
    #expect(sequences(model) == all)
    _ = model.update(.key(Chord(.escape)), journal)
    #expect(model.overlay == nil && model.table.search == nil)
  }

  @Test("Tab completes fields, words and the names of sockets")
  func completion() {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    for key in [Chord("&"), Chord("w"), Chord("h"), Chord(.tab)] as [Chord] {
      _ = model.update(.key(key), journal)
    }
    _ = model.update(.paste("=dr"), journal)
    _ = model.update(.key(Chord(.tab)), journal)
    _ = model.update(.paste("and socket=serv"), journal)
    _ = model.update(.key(Chord(.tab)), journal)
    #expect(model.overlay?.prompt?.editor.text == "why=drained and socket=server")
    _ = model.update(.key(Chord(.tab)), journal)
    #expect(
      model.overlay?.prompt?.choices == ["server.1"]
        || model.overlay?.prompt?.editor.text.hasSuffix("server.1 ") == true)
  }

  @Test("F lists what the record under the cursor has, and adds what is chosen")
  func ofRow() throws {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    for key in [Chord("F"), Chord(.enter)] as [Chord] { _ = model.update(.key(key), journal) }
    let socket = try #require(model.table.current?.socket)
    #expect(model.table.search?.filter.text == "socket=\(model.sockets.name(socket))")
    #expect(model.table.rows.allSatisfy { $0.item.socket == socket })
    _ = model.update(.key(Chord("F")), journal)
    _ = model.update(.paste("event"), journal)
    _ = model.update(.key(Chord(.enter)), journal)
    #expect(
      model.table.search?.filter.text.hasPrefix("socket=\(model.sockets.name(socket)) and event=") == true)
    #expect(!model.table.rows.isEmpty)
  }

  /// Many records of two sockets, and next to nothing that is rare among them.
  private static let (long, rare): (Journal, [Int]) = {
    let writer = JournalWriter(limit: 512 << 20, wall: 0)
    let ids = ["a", "b"].map { writer.add(SocketInfo(name: $0, kind: .tcp, role: .client)) }
    var rare: [Int] = []
    for count in 0..<400_000 {
      let isRare = count == 5 || count == 200_000 || count == 399_000
      var record = Record.recv(
        ids[count & 1], from: 0, to: isRare ? 7_000_000 : 1000, asked: 64, result: 8, flags: [],
        conditions: [])
      record.queued = 0
      if isRare { rare.append(writer.journal.extent.records.upperBound) }
      [UInt8](repeating: 65, count: 8).withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    return (writer.journal, rare)
  }()

  @Test("A rare row is found among many, a little at a time, in all and in one socket, and by its bytes")
  func rare() {
    let (journal, rare) = (Self.long, Self.rare)
    var model = model(journal)
    filter(&model, "waited>5ms", journal)
    #expect(sequences(model) == rare)
    _ = model.update(.key(Chord("g")), journal)
    #expect(model.table.cursor.sequence == rare[0])
    _ = model.update(.key(Chord("n")), journal)
    search(&model, journal)
    #expect(
      sequences(model) == rare.filter { journal.records(in: $0..<$0 + 1)[0].record.socket == SocketID(0) })
    _ = model.update(.key(Chord("p")), journal)
    filter(&model, "data~x or waited>5ms and data~A", journal)
    #expect(sequences(model) == rare)
  }

  @Test("What comes while a condition holds is looked at too, also for any")
  func live() {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let ids = ["a", "b"].map { writer.add(SocketInfo(name: $0, kind: .tcp, role: .client)) }
    func append(_ socket: SocketID, _ result: Int32) {
      let record = Record.recv(
        socket, from: 0, to: 1, asked: 64, result: result, flags: [], conditions: [])
      [UInt8]().withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    for count in 0..<6000 { append(ids[count & 1], 1) }
    let journal = writer.journal
    var model = model(journal)
    filter(&model, "any(returned=9)", journal)
    #expect(sequences(model).isEmpty)
    #expect(view(model, journal).grid.text.contains("No record passes the filter"))
    append(ids[1], 9)
    _ = model.update(.journalChanged, journal)
    search(&model, journal)
    #expect(!model.table.rows.isEmpty)
    #expect(model.table.rows.allSatisfy { $0.item.socket == ids[1] })
    _ = model.update(.key(Chord("g")), journal)
    #expect(sequences(model).first == 2)
  }
}
