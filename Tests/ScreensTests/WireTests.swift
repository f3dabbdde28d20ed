import Testing

@testable import Screens
@testable import Traffic

@Suite("The wire on screen")
struct WireTests {
  @Test("W captures the wire, and no longer, and the title says that it does")
  func toggles() {
    let journal = SampleJournals.wire()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    func title() -> String { String(view(model, journal).grid.text.prefix { $0 != "\n" }) }
    #expect(!title().contains("wire"))
    #expect(model.update(.key(Chord("W")), journal) == [.perform(.wire(true))])
    #expect(model.notice?.text.contains("no known places") == true)
    _ = model.update(.capturing(true), journal)
    #expect(title().contains("  wire  "))
    #expect(model.update(.key(Chord("W")), journal) == [.perform(.wire(false))])
    _ = model.update(.capturing(false), journal)
    #expect(!title().contains("wire"))
  }

  @Test("A condition whose rows are hidden says by which key they are")
  func hidden() {
    func text(_ condition: String, _ journal: Journal) -> String {
      var model = press("&", journal, columns: 80).model
      _ = model.update(.paste(condition), journal)
      _ = model.update(.key(Chord(.enter)), journal)
      while model.isSearching { _ = model.update(.goOn, journal) }
      return view(model, journal).grid.text
    }
    let (journal, other) = (SampleJournals.wire(), SampleJournals.recvReturns())
    for condition in ["event=segment", "flags~SYN", "length>1447"] {
      #expect(text(condition, journal).contains("Hidden by X, and so not looked at: segments."))
      #expect(!text(condition, other).contains("Hidden"))
    }
    for condition in ["event=recv and n=9", "asked=77"] {
      #expect(text(condition, journal).contains("No record passes the filter; & changes it."))
      #expect(!text(condition, journal).contains("Hidden"))
    }
    #expect(text("event=burst and bytes=77777", other).contains("not looked at: plain bursts."))
  }

  @Test("Where segments are rows the title says which order that is", arguments: [true, false])
  func order(showsSegments: Bool) {
    let journal = SampleJournals.wire()
    var model = press("", journal, columns: 80).model
    if showsSegments { model.table.filter.hidden.remove(.segments) }
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    let text = view(model, journal).grid.text
    #expect(text.contains("in the order it became known") == showsSegments)
    #expect(text.contains("in the order it happened") != showsSegments)
  }

  @Test("A mistake that is longer than a line is shown whole", arguments: [40, 80, 120, 400])
  func whole(columns: Int) {
    let journal = SampleJournals.wire()
    var model = press("", journal, columns: columns).model
    let sentence =
      "the wire is not captured (socket(AF_PACKET): EPERM): that needs the right CAP_NET_RAW. Run it with sudo, or "
      + "give it once: sudo setcap cap_net_raw,cap_sys_ptrace+ep FILE, where FILE is what `command -v recvscope` says"
    _ = model.update(.answered(sentence), journal)
    let lines = view(model, journal).grid.text.split(separator: "\n").map(String.init)
    let words = lines.joined(separator: " ").split { " │├┤─".contains($0) }.joined(separator: " ")
    #expect(words.contains(sentence) == (columns >= 80))
    #expect(lines.allSatisfy { $0.count <= columns })
    #expect(lines.contains { $0.contains("! the wire is not captured") })
  }

  private static func subject(_ journal: Journal) throws -> LanesSubject {
    var sockets: Screens.SocketTable = .init()
    sockets.refresh(journal, isFrozen: false)
    let item = try #require(
      journal.records(in: 0..<Int.max).last { $0.record.kind == .recv && $0.record.number == 2 })
    return try #require(
      LanesSubject(
        .record(item.record, sequence: item.sequence), bytes: 5..<2005, end: nil, sockets, MessageIndex(),
        journal))
  }

  @Test("Segments have a lane between sends and chunks, only where there are any")
  func lanes() throws {
    let journal = SampleJournals.wire()
    let subject = try Self.subject(journal)
    let set = LaneSet(subject.socket, subject.sockets, subject.messages)
    #expect(set.ways.map { $0.map(\.track) } == [[.sends, .segments(.received), .chunks]])
    let without = SampleJournals.recvReturns()
    let plain = try Self.subject(without)
    let tracks = LaneSet(plain.socket, plain.sockets, plain.messages).lanes.map(\.track)
    #expect(!tracks.isEmpty && !tracks.contains { $0.isWire })
  }

  @Test("By offset each segment stands once, over its bytes, and those that passed again are marked")
  func offsets() throws {
    let journal = SampleJournals.wire()
    let subject = try Self.subject(journal)
    let set = LaneSet(subject.socket, subject.sockets, subject.messages)
    let picture = LanesPicture.byOffset(set, subject, way: 0, width: 100, zoom: 0)
    let labels = picture.boxes.filter { $0.lane == 1 }.map(\.label)
    #expect(
      labels == [
        .segment(5, isAgain: false), .segment(1448, isAgain: false), .segment(1448, isAgain: true),
        .segment(104, isAgain: false),
      ])
  }

  @Test("By time they stand where they passed, with the ACKs of their bytes, which give way to them")
  func times() throws {
    let journal = SampleJournals.wire()
    let subject = try Self.subject(journal)
    let set = LaneSet(subject.socket, subject.sockets, subject.messages)
    let events = LaneEvents(set.lanes, around: subject.item.id, reach: 100, journal, end: nil)
    let labels = events.events.filter { $0.lane == 1 }.map(\.label)
    #expect(
      labels == [
        .flags(.syn), .segment(5, isAgain: false), .flags([]), .segment(1448, isAgain: false),
        .segment(1448, isAgain: false), .segment(1448, isAgain: true), .flags([]),
        .segment(104, isAgain: false), .flags([]),
      ])
    let picture = LanesPicture.toScale(events, set, subject, width: 20, zoom: 0)
    #expect(!picture.boxes.contains { $0.lane == 1 && $0.label.isTick })
    #expect(picture.boxes.contains { $0.lane == 1 && $0.label == .segment(1448, isAgain: true) })
  }
}
