import Foundation

/// One line of `--json`: the fields of every event, nil where the event has none or JSON says null.
struct Event: Decodable {
  let event: String
  let seq: Int
  let t: Int
  let socket: String?

  let version: String?
  let wall: String?

  let kind: String?
  let local: String?
  let peer: String?
  let backlog: Int?
  let connection: String?

  let n: Int?
  let start: Int?
  let waited: Int?
  let asked: Int?
  let returned: Int?
  let errno: String?
  let flags: [String]?
  let queued: Int?
  let arrived: Int?
  let segments: Int?
  let segmentSize: Int?
  let offset: Int?
  let from: Origin?
  let lost: Int?
  let why: String?
  let data: String?
  let planned: Int?
  let burst: Int?

  let call: String?
  let timeout: Int?
  let readable: [String]?
  let writable: [String]?
  let exceptional: [String]?

  let pair: Int?
  let changed: Bool?
  let proven: Bool?
  let way: String?
  let sequence: Int?
  let acknowledgement: Int?
  let length: Int?
  let window: Int?
  let retransmitted: Bool?
  let undelivered: Int?
  let target: String?
  let seed: Int?

  let how: String?
  let name: String?
  let text: String?
  let choices: [String]?
  let round: Int?
  let choice: Int?
  let votes: [Int]?
  let measure: String?
  let got: String?
  let line: Int?
  let ok: Bool?
  let records: Int?
  let bytes: Int?

  let end: String?
  let sends: Int?
  let unsent: Int?
  let unsentSends: Int?
  let lateP50: Int?
  let lateP99: Int?
  let lateMax: Int?
  let lateOf: Int?
  let paused: Int?
  let within: Int?

  /// Whom a datagram came from, or the recv records that a relay's send passed on.
  enum Origin: Decodable, Equatable {
    case address(String)
    case records([Int])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let records = try? value.decode([Int].self) {
        self = .records(records)
      } else {
        self = .address(try value.decode(String.self))
      }
    }
  }

  init(line: String) throws {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(Event.self, from: Data(line.utf8))
    } catch {
      throw HarnessError("not a line of JSON Lines: \(line)\n\(error)")
    }
  }

  /// The bytes of `data` in its standard form, base64.
  var payload: [UInt8]? {
    data.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
  }

  /// What the call gave, as the labs' `expect` writes it: `10`, `0`, `ECONNRESET`.
  var result: String? {
    returned.map(String.init) ?? errno
  }
}

extension [Event] {
  /// The records of one kind, of one socket if it is named.
  func of(_ event: String, _ socket: String? = nil) -> [Event] {
    filter { $0.event == event && (socket == nil || $0.socket == socket) }
  }

  /// What all recv calls of a socket gave, in order.
  func received(_ socket: String) -> [String] {
    of("recv", socket).compactMap(\.result)
  }

  /// The stream that a socket's recv calls handed out.
  func bytes(_ socket: String) -> [UInt8] {
    of("recv", socket).flatMap { $0.payload ?? [] }
  }
}
