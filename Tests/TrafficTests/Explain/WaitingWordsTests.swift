import Testing
import Traffic

struct WaitingWordsTests {
  private static func send(_ obstacle: WaitingCall.Obstacle?, taken: Int? = nil) -> WaitingCall {
    WaitingCall(
      .send, 1, on: SocketID(1), since: 0, asked: 262_144, waited: 3_200_000_000, taken: taken,
      obstacle: obstacle)
  }

  @Test(arguments: [
    (send(.window, taken: 61_440), "waits 3.20 s, peer's window full: 61 440 of 262 144 taken"),
    (send(.congestion, taken: 0), "waits 3.20 s, congestion window full: 0 of 262 144 taken"),
    (
      send(.acknowledgement, taken: 9), "waits 3.20 s, send buffer full, not acknowledged: 9 of 262 144 taken"
    ),
    (send(.buffer), "waits 3.20 s, buffer full"),
    (WaitingCall(.recv, 1, on: SocketID(1), since: 0, asked: 10), "recv(10) waits since 0.100 561"),
  ])
  func `A call that waits is told with what is known of it`(_ call: WaitingCall, _ words: String) {
    #expect(call.words(since: "0.100 561") == words)
  }
}
