import Foundation
import Fuzzing
import Recordings
import SystemPackage
import Traffic

/// A run that nobody made: any kind of record, on a few sockets, with what the kernel might have said.
final class SampleRun {
  let writer: JournalWriter
  private var sockets: [SocketID] = []
  private var random: SplitMix
  private var time: Nanoseconds = 0
  private var made = 0

  init(seed: UInt64, memory: Int = 256 << 20) {
    random = SplitMix(state: seed)
    writer = JournalWriter(limit: memory, wall: 1_700_000_000_000_000_000)
    for kind in SocketKind.allCases { addSocket(kind) }
  }

  var journal: Journal { writer.journal }

  func append(_ count: Int) { for _ in 0..<count { appendOne() } }

  private func addSocket(_ kind: SocketKind) {
    made += 1
    var info = SocketInfo(
      name: "s\(made)", kind: kind, role: [.client, .accepted, .bound, .listener, .program][made % 5],
      local: made % 3 == 0 ? nil : "127.0.0.1:\(4000 + made)",
      peer: made % 2 == 0 ? "127.0.0.1:\(made)" : nil,
      isExposed: made % 4 == 0)
    info.isWatched = made % 7 == 0
    if made % 5 == 0 { info.receivedFraming = FramingChoice("newline", from: Int64(made)) }
    info.policy.lowWater = made % 2 == 0 ? made : nil
    info.policy.flags = [.waitAll, .peek]
    if let last = sockets.last { info.parent = last }
    sockets.append(writer.add(info))
  }

  private func appendOne() {
    time += Int64(random.below(1_000_000))
    if random.below(400) == 0 { addSocket(SocketKind.allCases[random.below(5)]) }
    let socket = sockets[random.below(sockets.count)]
    let (start, end) = (time - Int64(random.below(1000)), time)
    let bytes = (0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    switch random.below(14) {
    case 0..<6:
      let result = random.below(5) == 0 ? -Errno.wouldBlock.rawValue : Int32(bytes.count)
      var record = Record.recv(
        socket, from: start, to: end, asked: bytes.count + random.below(3), result: result,
        flags: random.below(4) == 0 ? .peek : [], conditions: random.below(6) == 0 ? [.peerEnded] : [])
      record.queued = random.below(3) == 0 ? nil : random.below(5000)
      record.arrived = random.below(3) == 0 ? nil : time - Int64(random.below(100))
      if random.below(5) == 0 { record.address = writer.intern(address: "10.0.0.\(random.below(20)):53") }
      bytes.withUnsafeBytes {
        _ = writer.append(record, payload: result < 0 ? UnsafeRawBufferPointer(start: nil, count: 0) : $0)
      }
    case 6..<10:
      var record = Record.send(
        socket, flags: .noSignal, burst: random.below(2) == 0 ? (3, random.below(9)) : nil)
      (record.start, record.end, record.asked, record.result) = (
        start, end, UInt32(bytes.count), Int32(bytes.count)
      )
      if record.burst != nil { record.planned = time }
      if random.below(3) == 0 { record = record.made(by: .write, process: 17, thread: 18, descriptor: 5) }
      bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    case 10: writer.append(.mark(at: time), text: "a note — \(made)")
    case 11: writer.append(.close(socket, .reset, from: start, to: end, unread: 7))
    case 12: writer.append(.accept(socket, from: start, to: end, connection: sockets[0], backlogLeft: nil))
    default:
      let segment = Segment(
        sequence: random.below(2) == 0 ? nil : Int64(random.below(9)), acknowledgement: 7,
        length: bytes.count,
        flags: [.syn], window: 65535, marks: [], isDatagram: false)
      writer.append(
        .segment(socket, .sent, at: time, segment, on: writer.intern(address: "lo")))
    }
  }

  /// Keeps it in a file, and opens that.
  func reopened(in scratch: ScratchFolder) throws -> (recording: Recording, journal: Journal) {
    let path = scratch.path("run\(scratch.next()).rscope")
    try Recorder.save(
      path, journal, RecordingOrigin(program: "1", kernel: "k", command: "c", lab: "l"), wall: 17, at: time
    ).get()
    let recording = try Recording(opening: path)
    return (recording, try recording.journal(limit: 8 << 20))
  }
}

/// A folder that goes with the test.
final class ScratchFolder {
  let folder: String
  private var count = 0

  init() {
    folder = FileManager.default.temporaryDirectory.appending(path: "recvscope-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  func next() -> Int {
    count += 1
    return count
  }
}
