import Fuzzing
import Testing

@testable import Traffic

struct CausePlacesTests {
  /// A journal with connections of two sockets each, to which calls are appended.
  private struct Stage {
    let writer = JournalWriter(wall: 0)
    private(set) var sockets: [SocketID] = []
    private(set) var time: Nanoseconds = 1_000

    init(connections: Int = 1) {
      for number in 0..<connections {
        let (own, other) = ("127.0.0.1:\(5000 + number)", "127.0.0.1:9")
        sockets += [
          writer.add(SocketInfo(name: "c\(number)", kind: .tcp, role: .client, local: own, peer: other)),
          writer.add(SocketInfo(name: "s.\(number)", kind: .tcp, role: .accepted, local: other, peer: own)),
        ]
      }
    }

    /// - Parameter waited: how long the call took.
    @discardableResult
    mutating func call(_ kind: Record.Kind, _ bytes: Int, of socket: Int = 0, waited: Nanoseconds = 900)
      -> Int
    {
      time += 1_000
      var record = Record(kind, socket: sockets[socket], start: time - waited, end: time)
      (record.asked, record.result) = (100, Int32(bytes))
      return writer.append(record)
    }
  }

  private static func order(_ stage: Stage, _ places: Range<Int>? = nil) -> [Int] {
    let held = stage.writer.journal.extent.records
    let records = CausePlaces(stage.writer.journal, held: held).records(at: places ?? held)
    return records.map(\.sequence)
  }

  @Test(arguments: [
    // What is called in turn (s sends, r receives so many bytes), and the order in which it stands.
    ("s5 r5", [1, 2]), ("r5 s5", [2, 1]), ("r3 r2 s5", [3, 1, 2]), ("r3 r4 s5 r3 s5", [3, 1, 5, 2, 4]),
    ("r10 s4 s6", [2, 3, 1]), ("m0 r5 m0 s5 m0", [1, 4, 2, 3, 5]), ("s5 r3 r2 r5 s5", [1, 2, 3, 5, 4]),
  ])
  func `A send stands above the recv that holds its first byte`(_ calls: String, _ order: [Int]) {
    var stage = Stage()
    for call in calls.split(separator: " ") {
      let bytes = Int(call.dropFirst()) ?? 0
      switch call.first {
      case "s": stage.call(.send, bytes, waited: 50_000)
      case "r": stage.call(.recv, bytes, of: 1)
      default: stage.call(.mark, 0)
      }
    }
    #expect(Self.order(stage) == [0] + order)
  }

  @Test func `One that blocked, or that came long after, stands where it returned, and a later one below it`()
  {
    var stage = Stage()
    stage.call(.recv, 5, of: 1)
    for _ in 0..<CausePlaces.reach { stage.call(.mark, 0) }
    let late = stage.call(.send, 3, waited: 1_000_000)
    let next = stage.call(.send, 2, waited: 1_000)
    #expect(Self.order(stage).suffix(2) == [late, next])

    stage = Stage()
    stage.call(.recv, 5, of: 1)
    for _ in 0..<200 { stage.call(.mark, 0) }
    stage.call(.send, 5, waited: 1_000_000)
    #expect(Self.order(stage).prefix(3) == [0, 202, 1])

    var record = Record(.recv, socket: stage.sockets[1], start: 0, end: 1_000_000)
    (record.asked, record.result) = (5, 5)
    stage.writer.append(record)
    record = Record(.send, socket: stage.sockets[0], start: 900_000, end: 102_000_000)
    (record.asked, record.result) = (5, 5)
    let blocked = stage.writer.append(record)
    #expect(Self.order(stage).last == blocked)
  }

  @Test(arguments: 0..<6)
  func `Any screen of rows is a part of the whole order, and each record is at its place`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var stage = Stage(connections: 2)
    var pending: [(socket: Int, bytes: Int)] = []
    var behind = [0, 0, 0, 0]
    for _ in 0..<3_000 {
      let connection = Int(random.next() % 2) * 2
      switch random.next() % 5 {
      case 0, 1:
        // It is under way: the peer may have its bytes already.
        pending.append((connection, 1 + Int(random.next() % 9)))
        behind[connection + 1] += pending.last?.bytes ?? 0
      case 2 where !pending.isEmpty:
        let send = pending.removeFirst()
        stage.call(.send, send.bytes, of: send.socket, waited: 400_000)
      case 3 where behind[connection + 1] > 0:
        let bytes = 1 + Int(random.next() % UInt64(behind[connection + 1]))
        behind[connection + 1] -= bytes
        stage.call(.recv, bytes, of: connection + 1)
      default: stage.call(.mark, 0)
      }
    }
    let journal = stage.writer.journal
    let places = CausePlaces(journal, held: journal.extent.records)
    let whole = Self.order(stage)
    #expect(whole != whole.sorted() && whole.sorted() == Array(journal.extent.records))
    for start in stride(from: 0, to: whole.count, by: 7) {
      let range = start..<min(whole.count, start + 40)
      #expect(Self.order(stage, range) == Array(whole[range]))
      #expect(places.place(of: whole[start]) == start)
    }
  }
}
