/// What the wire carried of the datagram that one recv() returned or one send() gave.
public struct DatagramOnWire: Sendable {
  /// The kernel stamps a datagram once for who captures and once for who receives it.
  private static let apart: Nanoseconds = 200_000
  /// A send() waits for a card so long at most.
  private static let delay: Nanoseconds = 10_000_000
  private static let looked = 256

  public let call: Record
  /// It, or the fragments that it passed in.
  public let packets: [Record]
  let interface: String?

  /// Nil where the call moved no datagram, or none was captured that can be it.
  public init?(_ call: Record, in journal: Journal) {
    guard let way = Direction(call.kind), call.result >= 0,
      let (info, totals) = journal.socket(call.socket), info.kind == .udp, totals.segments > 0
    else { return nil }
    let length = Int(call.result) + (call.lost ?? 0)
    let (earliest, latest) =
      way == .sent ? (call.start, call.end + Self.delay) : ((call.arrived ?? .max) - Self.apart, call.end)
    guard earliest <= latest else { return nil }
    let wire = WireStream(journal: journal, socket: call.socket, way: way)
    let found = wire.segments(upTo: latest, limit: Self.looked).filter { $0.start >= earliest }
    guard
      let first = found.firstIndex(where: {
        Int($0.result) == length || $0.segment?.marks.contains(.fragment) == true
      })
    else { return nil }
    var (packets, rest) = ([Record](), length)
    for packet in found[first...] where rest > 0 || packets.isEmpty {
      packets.append(packet)
      rest -= Int(packet.result)
    }
    guard rest == 0 else { return nil }
    (self.call, self.packets) = (call, packets)
    interface = packets[0].address.map(journal.text)
  }

  /// `1 datagram of 2 000 B on lo. It passed at 0.000 410 and lay 1.20 ms in the queue until recv() returned.`
  public var text: String {
    let length = packets.reduce(0) { $0 + Int($1.result) }
    let place = interface.map { " on \($0)" } ?? ""
    let parts = packets.count == 1 ? "" : ", in \(packets.count) fragments"
    let (first, last) = (packets[0].start, packets[packets.count - 1].start)
    let when =
      call.kind == .recv
      ? "It came at \(Units.time(last)) and lay \(Units.duration(max(0, call.end - last))) in the queue until recv() "
        + "returned."
      : "It left \(Units.duration(max(0, first - call.start))) after send() was entered. Nobody acknowledges a datagram."
    return "1 datagram of \(Units.count(length)) B\(place)\(parts). \(when)"
  }
}
