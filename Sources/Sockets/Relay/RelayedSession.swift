import SystemPackage
import Traffic

/// A relay's pair, or one of its two sockets, as commands know it by its name.
public final class RelayedSession: OpenSession {
  private let relay: Relay
  /// Of the pair.
  private let number: Int
  /// Which of the sockets; nil for the pair.
  private let side: RelayEnd?
  public let id: SocketID
  public let name: String
  private let socket: Socket

  init(_ relay: Relay, _ number: Int, _ end: RelayEnd?, _ id: SocketID, _ name: String, _ socket: Socket) {
    (self.relay, self.number, self.side) = (relay, number, end)
    (self.id, self.name, self.socket) = (id, name, socket)
  }

  public var isClosed: Bool { socket.look { _ in true } == nil }
  public var accepts: Bool { false }
  public var ownAddress: SocketAddress? { socket.look(\.localAddress) ?? nil }
  public var kernelState: KernelState? {
    let kind = side == .target ? relay.targetKind : relay.kind
    var state = socket.look { KernelState($0, kind: kind, isListener: false) }
    if state != nil, let way = side?.way {
      state?.held =
        ask { _, pair in pair[way].passage.heldPieces.prefix(Self.mostShown).map { $0.short } } ?? []
    }
    return state
  }

  /// Pieces of what is held that are told, and bytes of each.
  private static let mostShown = 64

  public func removeFile() {}

  /// Has the thread do something with the pair.
  /// - Returns: nil if it is closed.
  private func ask<Answer: Sendable>(
    _ body: @escaping @Sendable (RelayLoop, RelayPair) -> Answer
  ) -> Answer? {
    let number = number
    return relay.ask { loop in loop.pairs[number].map { body(loop, $0) } } ?? nil
  }

  public func set(_ settings: [Setting]) -> Result<Void, RefusedOption> {
    let side = side
    return ask { loop, pair in loop.set(settings, of: pair, side) } ?? .failure(RefusedOption("it is closed"))
  }

  public func pause() { _ = set([.isPaused(true)]) }
  public func resume() -> Result<Void, RefusedOption> { set([.isPaused(false)]) }

  public func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? {
    socket.look { $0.ask(call, timeout: timeout, on: id, run: relay.run) }
  }

  /// Closes both sockets.
  public func close(isReset: Bool) { _ = ask { loop, pair in loop.close(pair, isReset: isReset) } }

  public func end() { close(isReset: false) }

  // MARK: By hand

  /// What is said of a way, to a person.
  public struct Refusal: Error, Sendable {
    public let message: String
  }

  /// From now on what comes in waits.
  /// - Parameter limit: it goes on by itself after so long; nil never.
  public func hold(_ way: Way, limit: Nanoseconds?) -> Result<Void, Refusal> {
    steer(way) { pair, passage, now in
      (.hold, passage.hold(until: limit.map { now + $0 }), false)
    }
  }

  /// Lets go what waits.
  /// - Parameter replacements: go out in its place; nil for what waits itself.
  public func release(_ way: Way, _ release: Release, with replacements: [Replacement]?) -> Result<
    Void, Refusal
  > {
    steer(way, release.pieces, needsPieces: replacements != nil) { _, passage, _ in
      (.release, passage.release(release, with: replacements), replacements != nil)
    }
  }

  /// Throws away what waits.
  public func drop(_ way: Way, _ pieces: [Int]) -> Result<Void, Refusal> {
    steer(way, pieces, needsPieces: true) { _, passage, _ in (.drop, passage.drop(pieces), false) }
  }

  /// - Parameter pieces: that must wait.
  private func steer(
    _ way: Way, _ pieces: [Int] = [], needsPieces: Bool = false,
    _ change: @escaping @Sendable (RelayPair, inout Passage, Nanoseconds) -> (Record.Kind, Int, Bool)
  ) -> Result<Void, Refusal> {
    let result: Result<Void, Refusal>? = ask { loop, pair in
      let side = pair[way]
      let count = side.passage.heldCount
      if let missing = side.passage.missing(pieces) {
        let isTwice = pieces.count { $0 == missing } > 1
        return .failure(
          Refusal(
            message: isTwice
              ? "piece \(missing) is named twice" : "there is no piece \(missing): \(count) wait"))
      }
      if needsPieces, count == 0 {
        return .failure(Refusal(message: "nothing waits there that could go or be replaced"))
      }
      let now = loop.run.clock.now
      let (kind, bytes, isChanged) = change(pair, &side.passage, now)
      loop.run.writer.append(.byHand(kind, side.id, way, at: now, bytes: bytes, isChanged: isChanged))
      side.noteHold()
      loop.touch(pair)
      return .success(())
    }
    return result ?? .failure(Refusal(message: "it is closed"))
  }
}

extension HeldPiece {
  /// With its first bytes alone.
  fileprivate var short: HeldPiece { HeldPiece(from: from, bytes: bytes.prefix(64)) }
}
