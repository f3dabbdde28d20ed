import Fuzzing
import SystemPackage
import Testing

@testable import Traffic

/// Headless output follows the records as they are passed; the workbench finds messages by an index from checkpoints.
@Suite("Messages without a screen and on it agree")
struct MessageAgreementTests {
  private struct Told: Equatable {
    var socket: SocketID
    var sequence: Int
    var found: FoundMessage
  }

  /// Pieces of a stream that fits a framing more or less.
  private static func bytes(_ framing: String, _ random: inout SplitMix) -> [UInt8] {
    let size = Int(random.next() % 40)
    let text = (0..<size).map { _ in UInt8(ascii: "a") + UInt8(random.next() % 26) }
    // Where no message can be found any more there is nothing to compare.
    if random.next() % (framing == "json" || framing == "http" ? 4000 : 60) == 0 { return text }
    return switch framing {
    case "json":
      Array(
        [#"{"a":[1,2]}"#, " 17 ", #" "te\"xt" "#, "[ [] ]", "\n", " null "].randomElement(using: &random)!
          .utf8)
    case "newline": text + [10]
    case "http":
      Array(
        [
          "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        ].randomElement(using: &random)!.utf8)
    default: [UInt8(size >> 8), UInt8(size & 255)] + text
    }
  }

  /// Several sockets, both ways, whose streams are cut at random; some end.
  private static func journal(_ framing: String, _ seed: UInt64) -> Journal {
    var random = SplitMix(state: seed)
    let writer = JournalWriter(wall: 0)
    let listener = writer.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    let sockets = (1...5).map {
      writer.add(SocketInfo(name: "server.\($0)", kind: .tcp, role: .accepted, parent: listener))
    }
    let choice = FramingChoice(framing)
    writer.update(listener) { ($0.receivedFraming, $0.sentFraming) = (choice, choice) }
    writer.append(
      .option(listener, at: 1), OptionChange(name: FramingChoice.word, granted: framing, asked: framing))
    var streams = [[UInt8]](repeating: [], count: 10)
    var open = Set(sockets)
    for step in 0..<6000 {
      let time = Nanoseconds(step) * 10_000 + Nanoseconds(random.next() % 9000)
      let stream = Int(random.next() % 10)
      let socket = sockets[stream / 2]
      guard open.contains(socket) else { continue }
      if random.next() % 1500 == 0 {
        writer.append(.close(socket, .normal, from: time, to: time))
        open.remove(socket)
        continue
      }
      while streams[stream].count < 60 { streams[stream] += bytes(framing, &random) }
      let count = 1 + Int(random.next() % [2, 16, 60].randomElement(using: &random)!)
      let piece = streams[stream].prefix(count)
      streams[stream].removeFirst(piece.count)
      var record: Record
      if stream % 2 == 0 {
        record = .recv(
          socket, from: time, to: time, asked: 60, result: Int32(piece.count), flags: [], conditions: [])
      } else {
        record = .send(socket, flags: [])
        (record.start, record.end, record.result) = (time, time, Int32(piece.count))
      }
      piece.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    return writer.journal
  }

  @Test(
    "Numbers, offsets, calls, and what one recv would have been",
    arguments: ["json", "newline", "http", "length:u16be", "gap 8us", "fixed 7", "fixed 1"], 1...3)
  func agree(framing: String, seed: UInt64) throws {
    let journal = Self.journal(framing, seed)
    var followers = MessageFollowers(journal)
    var told: [Told] = []
    let index = MessageIndex()
    index.look(journal)
    for (sequence, record) in journal.records(in: 0..<journal.extent.records.upperBound) {
      let found = followers.take(record, sequence, payload: journal.payload(of: record)?[...]) {
        journal.socket($0)?.info.parent
      }
      #expect(found.earlier.isEmpty)
      told += found.completed.map { Told(socket: record.socket, sequence: sequence, found: $0) }
    }
    for socket in journal.sockets { _ = index.standing(of: socket, journal) }
    while !index.goOn(journal) {}
    let indexed = journal.records(in: 0..<journal.extent.records.upperBound).flatMap { sequence, record in
      index.messages(of: record.socket, completedBy: sequence, journal).map {
        Told(socket: $0.socket, sequence: $0.sequence, found: $0.found)
      }
    }
    #expect(told.count > 100)
    #expect(told == indexed)
    for socket in journal.sockets {
      guard let standing = index.standing(of: socket, journal) else { continue }
      let naive = standing.naive
      #expect(naive.wrong >= max(naive.halves, naive.stuck))
      #expect(naive.wrong <= naive.halves + naive.stuck + naive.without)
      #expect(naive == journal.messages(of: socket)?.follower.naive)
    }
  }
}
