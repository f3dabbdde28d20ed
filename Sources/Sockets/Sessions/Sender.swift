import CLinux
import SystemPackage
import Traffic

/// Calls send(2), shutdown(2) and close(2) on one socket and writes every call into the journal.
struct Sender {
  /// How handing over one payload came out.
  enum Outcome {
    /// The kernel took all of it.
    case sent
    /// A datagram was refused, which ends nothing: the next one is a new try.
    case refused(Errno)
    /// The socket takes no more.
    case failed(Errno)
    /// Told to stop before all of it was taken.
    case stopped
    /// No call was made: its moment did not come.
    case notBegun
  }

  /// What one payload came to.
  struct Delivery {
    var outcome = Outcome.sent
    /// When send() was first called.
    var start: Nanoseconds = 0
    /// When the last call returned.
    var end: Nanoseconds = 0
    /// Bytes that were taken.
    var bytes = 0
  }

  private let connection: Connection
  private let writer: JournalWriter
  private let clock: RunClock
  private let socket: Socket
  private let call: CallUnderWay

  init(_ connection: Connection) {
    self.connection = connection
    writer = connection.run.writer
    clock = connection.run.clock
    socket = connection.socket
    call = connection.sendingCall
  }

  /// Sends bytes without a plan.
  func send(_ bytes: [UInt8]) {
    let destination = connection.lastPartner
    let record = Record.send(
      connection.id, flags: .noSignal, to: destination.map { writer.intern(address: $0.text) })
    _ = send(bytes, as: record, to: destination, at: { clock.now }, mustStop: { connection.queue.isStopped })
  }

  /// As many send(2) calls as it takes to hand all bytes to the kernel.
  /// - Parameters:
  ///   - moment: waits for the moment of the first call and returns the reading of the clock that ended the wait; nil calls
  ///     it off. It is asked here so that nothing lies between that reading and the call: after a sleep, code that has
  ///     gone cold between the two made a send about 1 us late at the median.
  ///   - mustStop: is asked after a call that did not take all.
  @inline(__always)
  func send(
    _ bytes: [UInt8], as template: Record, to destination: SocketAddress?, at moment: () -> Nanoseconds?,
    mustStop: () -> Bool
  ) -> Delivery {
    var delivery = Delivery()
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      var isFirst = true
      while true {
        var record = template
        record.asked = UInt32(rest.count)
        call.asked = rest.count
        guard let start = isFirst ? moment() : clock.now else {
          delivery.outcome = .notBegun
          return
        }
        call.enter(at: start + clock.origin)
        let result = socket.send(rest, flags: template.flags, to: destination)
        record.end = clock.now
        call.leave()
        record.start = start
        if isFirst { delivery.start = start }
        isFirst = false
        delivery.end = record.end
        switch result {
        case .success(let count):
          record.result = Int32(count)
          if count < rest.count { record.queued = known(cl_siocoutq(socket.descriptor)) }
          writer.append(record, payload: UnsafeRawBufferPointer(rebasing: rest[..<count]))
          delivery.bytes += count
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          if rest.isEmpty { return }
        case .failure(let errno):
          record.result = -errno.rawValue
          writer.append(record)
          if connection.kind.keepsBoundaries, !errno.isPassing {
            delivery.outcome = errno == .brokenPipe ? .failed(errno) : .refused(errno)
            return
          }
          if !errno.isPassing {
            delivery.outcome = .failed(errno)
            return
          }
        }
        if mustStop() {
          delivery.outcome = .stopped
          return
        }
      }
    }
    return delivery
  }

  func apply(cork isOn: Bool) {
    _ = socket.apply([.cork(isOn)], on: connection.id, run: connection.run)
  }

  func shutdown(_ how: Ending) {
    let start = clock.now
    let result = socket.shutdown(how)
    writer.append(.shutdown(connection.id, how, from: start, to: clock.now, failed: result.errno))
    if how != .write { connection.receivingWasShutDown() }
  }

  /// Ends receiving, then closes.
  func close(isReset: Bool) {
    connection.endReceiving()
    socket.close(connection.kind, isReset: isReset, on: connection.id, run: connection.run) {
      connection.closeNow()
    }
    connection.closeWasRecorded()
  }
}
