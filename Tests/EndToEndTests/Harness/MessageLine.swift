import Foundation

/// One `message` line of `--json`.
struct MessageLine: Decodable, Equatable {
  let event: String
  let socket: String
  let way: String
  let n: Int
  let offset: Int
  let length: Int
  let payload: [Int]
  let calls: [Int]?
  let kind: String?
  let broken: String?
  let assumed: String?
  let notes: [String]
  let data: String?
}

extension Outcome {
  /// The `message` lines among its JSON Lines.
  var messages: [MessageLine] {
    get throws {
      try lines.filter { $0.hasPrefix("{\"event\":\"message\"") }
        .map { try JSONDecoder().decode(MessageLine.self, from: Data($0.utf8)) }
    }
  }
}
