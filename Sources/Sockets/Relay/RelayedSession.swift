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

  /// The same; what waits lies in messages, of which the last may not be whole yet.
  public func holdMessages(_ way: Way, limit: Nanoseconds?) -> Result<Void, Refusal> {
    steer(way) { pair, passage, now throws(Refusal) in
      var ends = try self.messageEnds(of: pair, way)
      guard let messages = self.relay.run.journal.catchUp(&ends, on: pair[way].id), !ends.isLost else {
        throw Refusal(
          message: "where its messages end is not known any more: bytes of before are missing or broken")
      }
      pair[way].messages = ends
      return (.hold, passage.holdMessages(until: limit.map { now + $0 }, messages), false)
    }
  }

  /// How a way is cut: as somebody has said of its socket, of the socket that it is passed on to, or of the
  /// relay.
  private func messageEnds(of pair: RelayPair, _ way: Way) throws(Refusal) -> MessageEnds {
    let journal = relay.run.journal
    func info(_ id: SocketID) -> SocketInfo? { journal.socket(id)?.info }
    let side = pair[way]
    let (own, other, relay) = (info(side.id), info(pair[side.end.other].id), info(relay.id))
    let ends = MessageEnds(
      received: own?.receivedFraming ?? other?.sentFraming ?? relay?.receivedFraming,
      sent: own?.sentFraming ?? other?.receivedFraming ?? relay?.sentFraming)
    guard let ends, !side.kind.keepsBoundaries else {
      throw Refusal(
        message: side.kind.keepsBoundaries
          ? "each datagram is a message: hold without messages"
          : "nothing cuts its bytes into messages: say frame first, such as frame \(self.relay.name) newline")
    }
    return ends
  }

  /// Lets go what waits.
  /// - Parameter replacements: go out in its place; nil for what waits itself. The length of a message
  ///   follows, unless it is raw.
  public func release(_ way: Way, _ release: Release, with replacements: [Replacement]?) -> Result<
    Void, Refusal
  > {
    steer(way, release.pieces, needsPieces: replacements != nil) { pair, passage, _ throws(Refusal) in
      var replacements = replacements
      if let given = replacements, !release.isRaw, let framing = pair[way].messages?.framing {
        replacements = try Self.fitted(given, in: passage, release.pieces, framing)
      }
      return (.release, passage.release(release, with: replacements), replacements != nil)
    }
  }

  /// What goes out in the place of messages has to be messages.
  private static func fitted(
    _ replacements: [Replacement], in passage: Passage, _ pieces: [Int], _ framing: Framing
  ) throws(Refusal) -> [Replacement] {
    if let place = passage.noMessage(among: pieces) {
      throw Refusal(message: "piece \(place) is no whole message; raw behind the burst replaces it as it is")
    }
    do throws(EditedMessage.Refusal) {
      var edited = EditedMessage(replacements.map(\.bytes))
      if (pieces.isEmpty ? passage.heldCount : pieces.count) == 1 { edited = try edited.withLength(framing) }
      try edited.checked(framing)
      return zip(replacements, edited.sends).map {
        Replacement($1, isUrgent: $0.isUrgent, gap: $0.gap)
      }
    } catch {
      throw Refusal(message: error.message)
    }
  }

  /// Throws away what waits.
  public func drop(_ way: Way, _ pieces: [Int]) -> Result<Void, Refusal> {
    steer(way, pieces, needsPieces: true) { _, passage, _ in (.drop, passage.drop(pieces), false) }
  }

  /// - Parameter pieces: that must wait.
  private func steer(
    _ way: Way, _ pieces: [Int] = [], needsPieces: Bool = false,
    _ change:
      @escaping @Sendable (RelayPair, inout Passage, Nanoseconds) throws(Refusal) -> (Record.Kind, Int, Bool)
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
      let (kind, bytes, isChanged): (Record.Kind, Int, Bool)
      do throws(Refusal) {
        (kind, bytes, isChanged) = try change(pair, &side.passage, now)
      } catch {
        return .failure(error)
      }
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
