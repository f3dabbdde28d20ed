import CLinux
import Glibc
import SystemPackage
import Traffic

/// Calls send(2), shutdown(2) and close(2) on one socket and writes every call into the journal.
struct Sender {
  /// How long before its time a send stops sleeping and spins. A sleep alone ends about 100 us late at the median;
  /// sleeping until 200 us before and spinning was 0.1 us late (2 cores, Linux 6.18).
  private static let spin: Nanoseconds = 200_000

  private let run: Run
  private let connection: Connection
  private var clock: RunClock { run.clock }

  init(_ run: Run, _ connection: Connection) {
    self.run = run
    self.connection = connection
  }

  /// Plays a burst on an absolute schedule that begins now; ends early where the socket takes no more.
  func play(_ schedule: BurstSchedule, number: Int, to destination: SocketAddress?) {
    var schedule = schedule
    let begin = clock.now
    schedule.beginning = begin
    var latest: Nanoseconds = 0
    var isCut = true
    defer { judge(schedule, number: number, latest: latest, isCut: isCut) }
    while let action = schedule.next() {
      let planned = begin + action.time
      wait(until: planned)
      guard !connection.isClosed, !connection.queue.isStopped,
        perform(action, planned: planned, burst: number, to: destination, &latest)
      else {
        isCut = schedule.next() != nil
        return
      }
    }
    isCut = false
    // A pause at the end counts: what is said to the socket next waits for it.
    wait(until: begin + schedule.time)
  }

  /// - Returns: false if nothing more can be sent.
  private func perform(
    _ action: ScheduledAction, planned: Nanoseconds, burst: Int, to destination: SocketAddress?,
    _ latest: inout Nanoseconds
  ) -> Bool {
    var record = Record(.send, socket: connection.id, start: 0, end: 0)
    record.stamp = planned
    record.other = UInt32(burst)
    record.detail = UInt32(clamping: action.step)
    switch action.action {
    case .send(let bytes): return send(bytes, as: record, to: destination, &latest)
    case .sendOutOfBand(let bytes):
      record.flags = .outOfBand
      return send(bytes, as: record, to: destination, &latest)
    case .cork, .uncork:
      _ = connection.socket.apply([.cork(action.action == .cork)], on: connection.id, run: run)
      return true
    case .shutdown:
      shutdown(.write)
      return false
    case .close, .reset:
      close(isReset: action.action == .reset)
      return false
    }
  }

  /// Sends bytes without a plan.
  func send(_ bytes: [UInt8]) {
    var latest: Nanoseconds = 0
    _ = send(bytes, as: Record(.send, socket: connection.id, start: 0, end: 0), to: nil, &latest)
  }

  /// As many send(2) calls as it takes to hand all bytes to the kernel.
  /// - Parameter latest: grows to how long after its plan the first of them was made, if that is more.
  /// - Returns: false if the socket takes no more.
  private func send(
    _ bytes: [UInt8], as template: Record, to destination: SocketAddress?, _ latest: inout Nanoseconds
  ) -> Bool {
    var template = template
    let destination = destination ?? connection.lastPartner
    if let destination { template.peer = run.journal.intern(address: destination.text).value }
    template.flags.insert(.noSignal)
    return bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while true {
        var record = template
        record.asked = UInt32(rest.count)
        record.start = clock.now
        let result = connection.socket.send(rest, flags: template.flags, to: destination)
        record.end = clock.now
        if let planned = record.planned, rest.count == bytes.count {
          latest = max(latest, record.start - planned)
        }
        switch result {
        case .success(let count):
          record.result = Int32(count)
          if count < rest.count { record.queue = max(-1, cl_siocoutq(connection.socket.descriptor)) }
          run.journal.append(record, payload: UnsafeRawBufferPointer(rebasing: rest[..<count]))
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          if rest.isEmpty { return true }
          if connection.queue.isStopped { return false }
        case .failure(let errno):
          record.result = -errno.rawValue
          run.journal.append(record)
          // A datagram that was refused ends nothing: the next one is a new try.
          if connection.kind.keepsBoundaries { return errno != .brokenPipe }
          if !errno.isPassing || connection.queue.isStopped { return false }
        }
      }
    }
  }

  /// Says whether a burst kept to its `within`, in a record of `expect` that belongs to no line.
  private func judge(_ schedule: BurstSchedule, number: Int, latest: Nanoseconds, isCut: Bool) {
    guard let tolerance = schedule.tolerance else { return }
    let got = "the latest \(Units.duration(latest)) late" + (isCut ? ", and it was not sent to its end" : "")
    Judgement(
      holds: latest <= tolerance && !isCut,
      wanted: "burst \(number): each send at most \(Units.duration(tolerance)) late", got: got
    ).write(line: 0, socket: connection.id, run: run)
  }

  func shutdown(_ how: Ending) {
    record(.shutdown, how) { connection.socket.shutdown(how) }
    if how != .write { connection.receivingWasShutDown() }
  }

  /// Ends receiving, then closes.
  func close(isReset: Bool) {
    connection.endReceiving()
    if isReset { _ = connection.socket.setLinger(seconds: 0) }
    record(.close, isReset ? .reset : .normal) { connection.closeNow() }
  }

  private func record(_ kind: Record.Kind, _ how: Ending, _ call: () -> Result<Void, Errno>) {
    var record = Record(kind, socket: connection.id, start: clock.now, end: 0)
    let result = call()
    record.end = clock.now
    record.detail = how.rawValue
    if case .failure(let errno) = result { record.result = -errno.rawValue }
    run.journal.append(record)
  }

  private func wait(until time: Nanoseconds) {
    while clock.now < time - Self.spin, !connection.queue.isStopped {
      _ = cl_sleep_until(time - Self.spin + clock.origin)
    }
    while clock.now < time, !connection.queue.isStopped {}
  }
}
