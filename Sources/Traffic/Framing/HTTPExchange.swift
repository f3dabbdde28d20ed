/// What the two ways of an HTTP connection know of each other.
struct HTTPExchange: Sendable {
  /// What both ways carry from now on.
  enum Switch { case tunnel, webSocket }

  /// Requests beyond that are not remembered: nobody sends so many before the first response.
  private static let most = 1024

  private var requests: [HTTPMethod] = []
  /// Responses that came before their requests.
  private var ahead = 0
  private var isLost = false
  private(set) var switched: Switch?
  /// The last request was a CONNECT, which is not answered yet.
  private(set) var isConnectOpen = false
  /// The last request asked for WebSocket, and is not answered yet.
  private(set) var isUpgradeOpen = false

  mutating func request(_ method: HTTPMethod, asksForWebSocket: Bool) {
    isConnectOpen = method == .connect
    isUpgradeOpen = asksForWebSocket
    if isLost { return }
    if ahead > 0 {
      ahead -= 1
    } else if requests.count < Self.most {
      requests.append(method)
    } else {
      forget()
    }
  }

  /// The method of the request that a final response answers; nil if it is not known.
  mutating func answer() -> HTTPMethod? {
    if isLost { return nil }
    guard !requests.isEmpty else {
      ahead = min(ahead + 1, Self.most)
      return nil
    }
    let method = requests.removeFirst()
    if requests.isEmpty { (isConnectOpen, isUpgradeOpen) = (false, false) }
    return method
  }

  mutating func change(to next: Switch) { switched = next }

  /// One of the ways is no longer known: which request a response answers is not, either.
  mutating func forget() {
    isLost = true
    requests = []
  }
}
