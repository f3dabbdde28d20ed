/// What `expect NAME …` says of a socket.
public enum Expectation: Sendable, Equatable {
  /// The results of all its recv calls so far, in order. `isOpen` (a closing `…`) allows more calls after
  /// them.
  case receives([Outcome], isOpen: Bool)
  /// The same for its send calls.
  case sends([Outcome], isOpen: Bool)
  case bytes(Int64)
  /// What the newest wait that asked for it, or the newest wait of its session, said of it.
  case ready(Readiness)
  /// The bytes of its stream so far are those that the burst would send, or several bursts with any bytes between.
  case data([Burst])
  /// The expression fits somewhere in the bytes of its stream so far.
  case match(ByteRegex)
  /// So many messages were received so far, broken ones included.
  case messages(Int)
  /// The content of the message with this number, from 1, is what the burst would send.
  case message(Int, Burst)
  case local(AddressText)
  case peer(AddressText)
  /// So many of its records so far meet the condition.
  case records(ClosedRange<Int>, Filter)
  /// What the watched program returned.
  case exit(Int)
  /// So many ways of cutting a shaken message came to this, on all sockets that fit.
  case cuts(CutVerdict, Int)

  /// The result of one recv call: any one of the alternatives.
  public struct Outcome: Sendable, Equatable {
    public var alternatives: [Result]

    public init(_ alternatives: [Result]) { self.alternatives = alternatives }
  }

  /// A number of bytes, or the name of an errno.
  public enum Result: Sendable, Hashable {
    case returned(Int)
    case failed(String)
  }
}
