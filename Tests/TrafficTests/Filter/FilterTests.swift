import SystemPackage
import Testing

@testable import Traffic

@Suite("A filter lets records pass")
struct FilterTests {
  private static let writer: JournalWriter = {
    let writer = JournalWriter(limit: 16 << 20, wall: 0)
    let server = writer.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    for name in ["server.1", "server.2", "client"] {
      _ = writer.add(SocketInfo(name: name, kind: .tcp, role: .accepted, parent: server))
    }
    return writer
  }()

  /// A recv on `server.1` that took 6 ms and got 5 bytes of 100, of which the arrival is not known.
  private static let recv = {
    var record = Record.recv(
      SocketID(1), from: 1_000_000, to: 7_000_000, asked: 100, result: 5, flags: [.peek, .dontWait],
      conditions: [])
    record.queued = 0
    return record
  }()

  private static let failed = Record.recv(
    SocketID(2), from: 0, to: 10, asked: 100, result: -Errno.connectionReset.rawValue, flags: [],
    conditions: [])

  private func passes(
    _ text: String, _ record: Record = recv, payload: String? = "GET / HTTP/1.1\r\nhé\n",
    sockets: FilterSockets? = nil
  ) throws -> Bool {
    let filter = try Filter(parsing: text)
    let journal = Self.writer.journal
    let around = FilterSurroundings(
      info: { journal.socket($0)?.info }, address: journal.text(of:), origins: { _ in [] },
      payload: { _ in payload.map { Array($0.utf8)[...] } }, sockets: sockets ?? filter.noSockets)
    let holds = filter.passes(record, 7, around)
    #expect(!holds || filter.kinds.contains(RecordKinds(record)), "what passes is among the kinds")
    return holds
  }

  @Test(
    "It holds",
    arguments: [
      "asked>99", "asked>=100", "asked=100", "asked<=100", "asked<101", "asked!=5", "returned=5", "seq=7",
      "asked>100 or returned=5", "asked=100 and returned=5", "not asked>100",
      "not (asked>100 and returned=5)",
      "waited=6ms", "waited>5.9ms", "waited<0.1s", "t=7ms", "start=1ms", "queued=0", "not queued>0",
      "event=recv", "event=re*", "event!=send", "event~ec", "why=peeked", "why=p*d", "why!=drained",
      "not why=drained", "socket=server.1", "socket=server.*", "socket=server.?", "socket~erve",
      "socket!=client", "socket~/[0-9]/", "flags=peek,dontwait", "flags~peek", "has asked", "has data",
      "not has errno", "not has arrived", "data~GET", "data~\"\\r\\n\"", "data~0x0d0a", "data~<0d 0a>",
      "data~/HTTP.1.[01]/", "data=GET*", "data!=GET", "data=G?T*hé?", "data=*h??", "data~h*", "not data~POST",
      "data=\"GET / HTTP/1.1\\r\\nh\\u{e9}\\n\"", "has returned and (asked<5 or asked>5) and not asked<5",
    ])
  func holds(text: String) throws { #expect(try passes(text)) }

  @Test(
    "Several words of a list stand in any order, with blanks or commas",
    arguments: [
      ("flags=RST,ACK", true), ("flags=\"RST ACK\"", true), ("flags=\"ACK RST\"", true),
      ("flags=ACK,RST", true),
      ("flags~RST", true), ("flags~\"ACK RST\"", true), ("flags=RST", false), ("flags=\"SYN ACK\"", false),
      ("flags!=\"SYN ACK\"", true), ("flags=*ACK", true), ("flags=\"\"", false), ("marks~window", true),
      ("marks=zero-window", true), ("marks=window-update", false), ("marks~probe", false),
    ])
  func lists(text: String, holds: Bool) throws {
    let segment = Segment(length: 0, flags: [.rst, .ack], window: 0, marks: .zeroWindow)
    #expect(try passes(text, .segment(SocketID(1), .sent, at: 7, segment, on: nil)) == holds)
  }

  @Test(
    "It does not hold",
    arguments: [
      "asked>100", "asked=5", "waited>6ms", "event=send", "why=drained", "socket=server", "socket=server.2",
      "socket=erver.1", "event=re?", "event=\"rec\"", "data~POST", "data=GET", "data~/xGET/",
      "asked=100 and returned=6", "not asked=100", "not (asked=100 or returned=6)", "has errno",
      "not has asked", "data=*hé", "flags=peek", "not socket=server.*",
    ])
  func not(text: String) throws { #expect(try !passes(text)) }

  @Test(
    "What is compared with an unknown value is false, and so is its not",
    arguments: [
      "errno=EAGAIN", "errno!=EAGAIN", "errno~E", "arrived>0ms", "arrived<1h", "arrived!=5ms", "burst=1",
      "burst!=1", "connection=server", "planned>0ms", "text=x", "text!=x", "lost>=0",
      "errno=EAGAIN and asked>1",
      "errno=EAGAIN or asked>100",
    ])
  func unknown(text: String) throws {
    #expect(try !passes(text))
    #expect(try !passes("not (\(text))") || text.contains(" "))
    #expect(try !passes("not not (\(text))"))
  }

  @Test("Unknown is less than false: what is known decides, as in SQL")
  func three() throws {
    #expect(try passes("not (errno=EAGAIN and asked>100)"))
    #expect(try !passes("not (errno=EAGAIN and asked=100)"))
    #expect(try passes("errno=EAGAIN or asked=100"))
    #expect(try !passes("not (errno=EAGAIN or asked=100)"))
    #expect(try !passes("not (errno=EAGAIN or asked>100)"))
  }

  @Test("A payload that is gone is unknown, and nobody asks for one without need")
  func payload() throws {
    for text in ["data~GET", "not data~GET", "data!=x", "has data"] {
      #expect(try !passes(text, payload: nil))
    }
    let filter = try Filter(parsing: "data~GET and asked>100 and socket=server.*")
    let around = FilterSurroundings(
      info: { _ in
        Issue.record("a socket is asked for"); return nil
      }, address: { _ in "" },
      origins: { _ in [] },
      payload: { _ in
        Issue.record("a payload is asked for"); return nil
      },
      sockets: filter.noSockets)
    #expect(!filter.passes(Self.recv, 0, around))
    #expect(filter.readsPayload)
    #expect(try !Filter(parsing: "asked>100").readsPayload)
  }

  @Test("A failed call has an errno and returned nothing")
  func failed() throws {
    #expect(try passes("errno=ECONNRESET and why=reset and not has returned", Self.failed))
    #expect(try !passes("returned>=0 or returned<0", Self.failed))
  }

  @Test("any holds for every record of a socket with one that fits")
  func any() throws {
    let filter = try Filter(parsing: "any(errno=ECONNRESET) and event=recv")
    let around = FilterSurroundings(Self.writer.journal, filter.noSockets)
    #expect(filter.asksOfSockets)
    #expect(!filter.note(Self.recv, 1, around))
    #expect(filter.note(Self.failed, 2, around))
    #expect(!filter.note(Self.failed, 3, around))
    var same = Self.recv
    same.socket = Self.failed.socket
    #expect(filter.passes(same, 4, around))
    #expect(!filter.passes(Self.recv, 5, around))
    let others = try Filter(parsing: "not any(errno=ECONNRESET)")
    let again = FilterSurroundings(Self.writer.journal, around.sockets)
    #expect(!others.passes(same, 4, again))
    #expect(others.passes(Self.recv, 5, again))
    #expect(!others.passes(.mark(at: 1), 6, again), "what is of no socket is unknown")
  }

  @Test("Sockets that the journal has forgotten are not kept")
  func prune() throws {
    let filter = try Filter(parsing: "any(n=0)")
    let around = FilterSurroundings(Self.writer.journal, filter.noSockets)
    for id in 0..<UInt32(5000) {
      _ = filter.note(.close(SocketID(id), .normal, from: 0, to: 1), 0, around)
      var record = Self.recv
      record.socket = SocketID(id)
      _ = filter.note(record, 0, around)
    }
    around.sockets.prune(Self.writer.journal)
    #expect(around.sockets.contains(SocketID(2), 0))
    #expect(!around.sockets.contains(SocketID(4000), 0))
  }

  @Test(
    "Which records need no look",
    arguments: [
      ("event=recv", [.recv]), ("event!=recv and asked>1", [.send]), ("planned>1ms", [.send]),
      ("why=eof or text=x", [.recv, .mark, .ask]), ("not (why=eof)", [.recv]),
      ("not has why", Record.Kind.allCases),
      ("asked>1 and waited>1ms", [.recv, .send]), ("any(n=1)", Record.Kind.allCases),
    ] as [(String, [Record.Kind])])
  func kinds(text: String, kinds: [Record.Kind]) throws {
    let filter = try Filter(parsing: text)
    let shown = Record.Kind.allCases.filter { kind in
      !filter.kinds.isDisjoint(with: RecordKinds { $0.kind == kind })
    }
    #expect(shown == kinds.sorted { $0.rawValue < $1.rawValue })
    #expect(try Filter(parsing: "errno=EPIPE").kinds.isDisjoint(with: RecordKinds { $0.result >= 0 }))
  }
}
