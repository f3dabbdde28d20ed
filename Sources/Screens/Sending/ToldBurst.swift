import Traffic

/// A burst that a key sent, as the line below the panes tells it.
struct ToldBurst: Sendable {
  let burst: NamedBurst
  /// Name of the socket that it goes to.
  let socket: String
  /// What is known of its files by now.
  var looks: [String: FileLook] = [:]

  var words: String {
    let summary = try? BurstSummary(burst.burst) { looks[$0] ?? .unknown }
    return "\(burst.label.text) → \(socket)" + (summary.map { "   \($0.text)" } ?? "")
  }
}
