import CLinux
import Screens
import Traffic

/// What is asked again and again while it can be seen, and never else: what the kernel says of a socket, how far bursts
/// are, whether something is shaken, whether the wire is captured or the run recorded, which calls wait, and the time, for rates.
struct Watches {
  /// How often the kernel is asked about the socket that is looked at, and how far bursts are.
  private static let lookInterval: Nanoseconds = 100_000_000
  /// How often rates are counted anew while something flows.
  private static let clockInterval: Nanoseconds = 500_000_000

  private let kernelState: @Sendable (SocketID) -> KernelState?
  private let playing: @Sendable () -> [PlayingBurst]
  private let isShaking: @Sendable () -> Bool
  private let isCapturing: @Sendable () -> Bool
  private let recording: @Sendable () -> RecordingSign?
  private let waiting: @Sendable (_ atLeast: Nanoseconds) -> [WaitingCall]
  private var lastWaits: Nanoseconds = -lookInterval
  /// When something changed last: a call that was entered then is seen to wait a little later.
  private var lastChange: Nanoseconds = 0
  private var lastLook: Nanoseconds = -lookInterval
  private var lastBursts: Nanoseconds = -lookInterval
  private var lastShake: Nanoseconds = -lookInterval
  private var lastClock: Nanoseconds = -clockInterval
  /// What the kernel said last, and of which socket.
  private var looked: (socket: SocketID, state: KernelState?)?

  init(_ run: WorkbenchRun) {
    kernelState = run.kernelState
    playing = run.playing
    isShaking = run.isShaking
    isCapturing = run.isCapturing
    recording = run.recording
    waiting = run.waiting
  }

  /// What there is to tell the model now.
  /// - Parameter isChanged: something else has happened since the last frame.
  mutating func messages(for model: Model, isChanged: Bool) -> [Message] {
    let now = cl_monotonic()
    return [
      kernelMessage(model, now), burstMessage(model, now), shakeMessage(model, now),
      wireMessage(model), recordingMessage(model),
      waitsMessage(model, now, isChanged: isChanged),
      clockMessage(model, now, isChanged: isChanged),
    ]
    .compactMap { $0 }
  }

  /// When there may be something to tell though nothing else happens; `max` for never.
  func next(for model: Model) -> Nanoseconds {
    var next = Nanoseconds.max
    // What is closed has no more to say; a new record wakes the loop anyway.
    if model.watched != nil, looked?.state != nil { next = lastLook + Self.lookInterval }
    if !model.playing.isEmpty { next = min(next, lastBursts + Self.lookInterval) }
    if model.isShaking { next = min(next, lastShake + Self.lookInterval) }
    if areWaitsUnsettled(model) { next = min(next, lastWaits + Self.lookInterval) }
    if model.wantsClock { next = min(next, lastClock + Self.clockInterval) }
    return next
  }

  private mutating func kernelMessage(_ model: Model, _ now: Nanoseconds) -> Message? {
    guard let socket = model.watched else {
      looked = nil
      return nil
    }
    guard looked?.socket != socket || now - lastLook >= Self.lookInterval else { return nil }
    lastLook = now
    let state = kernelState(socket)
    if looked?.socket == socket, looked?.state == state { return nil }
    looked = (socket, state)
    return .kernelState(state)
  }

  private mutating func burstMessage(_ model: Model, _ now: Nanoseconds) -> Message? {
    // Where nothing was played, asking costs nothing, and the beginning is not missed.
    guard model.playing.isEmpty || now - lastBursts >= Self.lookInterval else { return nil }
    lastBursts = now
    let bursts = playing()
    return bursts == model.playing ? nil : .playing(bursts)
  }

  private mutating func shakeMessage(_ model: Model, _ now: Nanoseconds) -> Message? {
    guard !model.isShaking || now - lastShake >= Self.lookInterval else { return nil }
    lastShake = now
    let isRunning = isShaking()
    return isRunning == model.isShaking ? nil : .shaking(isRunning)
  }

  /// What turns it on or off is a command or a mark, which wakes the loop.
  private func wireMessage(_ model: Model) -> Message? {
    let isOn = isCapturing()
    return isOn == model.isCapturing ? nil : .capturing(isOn)
  }

  private func recordingMessage(_ model: Model) -> Message? {
    let sign = recording()
    return sign == model.recording ? nil : .recording(sign)
  }

  private mutating func waitsMessage(_ model: Model, _ now: Nanoseconds, isChanged: Bool) -> Message? {
    if isChanged { lastChange = now }
    guard areWaitsUnsettled(model), now - lastWaits >= Self.lookInterval else { return nil }
    lastWaits = now
    let calls = waiting(Self.lookInterval)
    return calls == model.waiting ? nil : .waiting(calls)
  }

  /// A call that waits may have been entered since somebody looked, a burst's without a sign, or what is said of a send may
  /// be another thing now. A recv that waits ends with a record, which is a change.
  private func areWaitsUnsettled(_ model: Model) -> Bool {
    lastWaits < lastChange + Self.lookInterval || !model.playing.isEmpty
      || model.waiting.contains { $0.kind == .send }
  }

  private mutating func clockMessage(_ model: Model, _ now: Nanoseconds, isChanged: Bool) -> Message? {
    guard isChanged || model.wantsClock, now - lastClock >= Self.clockInterval else { return nil }
    lastClock = now
    return .clock(now)
  }
}
