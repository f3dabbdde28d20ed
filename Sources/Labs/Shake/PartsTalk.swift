import CLinux
import Sockets
import SystemPackage
import Traffic

/// One connection: sends the messages, one of them in parts, proves that each part was taken, and takes what comes back.
struct PartsTalk {
  /// What is the same for every connection.
  struct Plan: Sendable {
    var messages: [[UInt8]]
    /// A shutdown(2) follows the last of them, before its answer.
    var endsSending: Bool
    var answerEnd: AnswerEnd
    var framing: Framing?
    /// How long an answer may take.
    var limit: Nanoseconds
  }

  /// What the first run of the uncut messages has taught of how the program ends connections.
  struct Manners: Sendable {
    /// It closes after its answer, unasked.
    var closesItself = false
    /// It closes when we have ended our side.
    var closesAfterUs = false
    /// It reads our end of stream.
    var readsEnd = false
    /// It ends with its connection: another one has to be started for the next.
    var exits = false
    /// The longest time until the last byte of an answer was there.
    var slowest: Nanoseconds = 0
  }

  /// How long the program may take to read a part.
  static let proofLimit: Nanoseconds = 200_000_000
  /// How long nothing is done between two parts where nothing can be proven: a segment of its own, at least.
  private static let gap: Nanoseconds = 10_000_000
  /// An answer that is longer has no end.
  static let longestAnswer = 16 << 20

  private let connection: PartsConnection
  private let sight: ProgramSight?
  /// By which address of ours, or of its own, the program's socket is known.
  private let key: String
  private let bell: Bell
  private let plan: Plan
  /// Nil in the first run of the uncut messages, which nothing is known before.
  private let oracle: AnswerOracle?
  private let manners: Manners?
  private let isStopped: @Sendable () -> Bool

  private var answers: [[UInt8]] = []
  private var end = CutResult.End.open
  private var doubt: String?
  private var newest: Nanoseconds = 0
  /// Bytes of all messages so far.
  private var sent = 0
  /// An answer did not come as far as it should, or is wrong.
  private var isCut = false
  /// Nothing that still comes can make it right.
  private var isWrong = false
  private(set) var learned = Manners()

  init(
    _ connection: PartsConnection, sight: (program: ProgramSight, key: String)?, bell: Bell, plan: Plan,
    lesson: Lesson?,
    isStopped: @escaping @Sendable () -> Bool
  ) {
    (self.connection, self.bell, self.plan, self.isStopped) = (connection, bell, plan, isStopped)
    (self.sight, key) = (sight?.program, sight?.key ?? "")
    (oracle, manners) = (lesson?.oracle, lesson?.manners)
  }

  mutating func run(_ cuts: CutPlaces?) -> CutRun {
    sight?.expect(key, bell)
    converse(cuts)
    finish()
    connection.close()
    let seen = sight?.forget(key)
    if seen?.closedFirst == false, end == .closed { end = .open }
    return CutRun(answers: answers, end: end, crash: seen?.crash, doubt: doubt, calls: seen?.calls ?? [])
  }

  /// The same with a client, which asks before it is answered.
  /// - Parameter waitUntilDone: waits until it has ended.
  mutating func runAnswering(_ cuts: CutPlaces?, _ waitUntilDone: () -> Void) -> CutRun {
    sight?.expect(key, bell)
    for (number, message) in plan.messages.enumerated() {
      answers.append([])
      waitForRequest()
      if !send(message, number, cuts) { break }
      if plan.endsSending, number == plan.messages.count - 1 { connection.shutdown() }
    }
    waitUntilDone()
    take()
    connection.close()
    let seen = sight?.forget(key)
    return CutRun(answers: answers, end: end, doubt: doubt, calls: seen?.calls ?? [])
  }

  /// A request of its own framing, or the first bytes: some ask for nothing before they are answered.
  private mutating func waitForRequest() {
    var request: [UInt8] = []
    var count = MessageCount(plan, nil)
    let deadline = cl_monotonic() + Self.proofLimit / 2
    while end == .open, !isStopped(), cl_monotonic() < deadline {
      if connection.wait(bell, until: deadline).isReadable { take() }
      request = answers[answers.count - 1]
      if !request.isEmpty, count.isComplete(request) { return }
    }
  }

  // MARK: Sending

  private mutating func converse(_ cuts: CutPlaces?) {
    for (number, message) in plan.messages.enumerated() {
      answers.append([])
      guard send(message, number, cuts) else { return isCut = true }
      // What it answers before it has all is no reason to send the next: the two would come together, now and then.
      if number < plan.messages.count - 1, sight != nil { _ = isDelivered() }
      if plan.endsSending, number == plan.messages.count - 1 { connection.shutdown() }
      let begin = cl_monotonic()
      guard awaitAnswer(number) else { return isCut = true }
      learned.slowest = max(learned.slowest, newest - begin)
    }
  }

  /// One message, in parts where it is cut.
  /// - Returns: false if the connection takes no more.
  private mutating func send(_ message: [UInt8], _ number: Int, _ cuts: CutPlaces?) -> Bool {
    let places = cuts?.message == number ? cuts?.offsets ?? [] : []
    var start = 0
    for place in places + [message.count] {
      if !send(message[start..<place]) { return false }
      sent += place - start
      start = place
      if place < message.count { prove() }
    }
    return true
  }

  private mutating func send(_ part: ArraySlice<UInt8>) -> Bool {
    var rest = part
    let deadline = cl_monotonic() + plan.limit
    while !rest.isEmpty {
      switch connection.send(rest) {
      case .success(let count) where count > 0: rest = rest.dropFirst(count)
      case .success:
        if cl_monotonic() >= deadline || isStopped() { return false }
        let told = connection.wait(bell, sends: true, until: deadline)
        // What it answers has to be taken, or it would not read on.
        if told.isReadable { take() }
        if end != .open { return false }
      case .failure(let errno):
        take()
        if end == .open { end = errno == .connectionReset ? .reset : .closed }
        return false
      }
    }
    return true
  }

  /// Makes sure that the program has what was sent, and says why that is not known.
  private mutating func prove() {
    guard let sight else {
      doubt = "the program is not watched"
      return idle(Self.gap)
    }
    if sight.isUnseen, sight.connection(key)?.calls.isEmpty != false {
      doubt = "it uses io_uring, which makes no calls that could be seen"
      return idle(Self.gap)
    }
    if let reason = isDelivered() { doubt = reason }
  }

  /// Waits until the program's recv calls have returned all that was sent.
  /// - Returns: why they have not.
  private mutating func isDelivered() -> String? {
    guard let sight else { return nil }
    let limit = max(Self.proofLimit, plan.limit / 5)
    let deadline = cl_monotonic() + limit
    while !sight.ring(key, at: sent) {
      if end != .open || sight.connection(key)?.isClosed == true {
        return "it closed before its recv calls had returned the first \(sent) bytes"
      }
      if cl_monotonic() >= deadline || isStopped() {
        let received = sight.connection(key)?.received ?? 0
        return
          "its recv calls had returned \(received) of the first \(sent) bytes after \(limit / 1_000_000) ms"
      }
      if connection.wait(bell, until: deadline).isReadable { take() }
    }
    return nil
  }

  /// Lets time pass, and takes what comes.
  private mutating func idle(_ length: Nanoseconds) {
    let deadline = cl_monotonic() + length
    while cl_monotonic() < deadline, end == .open, !isStopped() {
      if connection.wait(bell, until: deadline).isReadable { take() }
    }
  }

  // MARK: Receiving

  private mutating func take() {
    while end == .open {
      switch connection.receive() {
      case .bytes(let bytes):
        newest = cl_monotonic()
        if answers[answers.count - 1].count < Self.longestAnswer { answers[answers.count - 1] += bytes }
      case .nothing: return
      case .end: end = .closed
      case .failed: end = .reset
      }
    }
  }

  /// Waits for the answer to a message.
  /// - Returns: false if it did not come as it should.
  private mutating func awaitAnswer(_ number: Int) -> Bool {
    let deadline = cl_monotonic() + plan.limit
    var count = MessageCount(plan, number)
    while true {
      let answer = answers[number]
      if oracle?.isEnough(answer, to: number) == true { return true }
      if oracle?.isWrong(answer, to: number) == true {
        isWrong = true
        return false
      }
      var until = deadline
      switch plan.answerEnd {
      case .bytes(let bytes): if answer.count >= bytes { return oracle == nil }
      case .message: if count.isComplete(answer) { return oracle == nil }
      case .end: break
      case .quiet(let length):
        if !answer.isEmpty { until = min(until, newest + length) }
      }
      if end != .open { return oracle == nil && !answer.isEmpty }
      if cl_monotonic() >= until || isStopped() || answer.count >= Self.longestAnswer {
        if case .quiet = plan.answerEnd { return oracle == nil && !answer.isEmpty && until < deadline }
        return false
      }
      if connection.wait(bell, until: until).isReadable { take() }
    }
  }

  // MARK: Ending

  /// Ends our side if the program does not, and looks whether more comes: an answer too many is a wrong answer.
  private mutating func finish() {
    let limit = manners == nil ? Self.proofLimit : plan.limit
    let answered = answers
    if end == .open, !isCut || isWrong, manners?.closesItself ?? true {
      waitForEnd(manners == nil ? Self.proofLimit / 2 : isWrong ? Self.proofLimit : limit) { false }
    }
    learned.closesItself = end == .closed
    let closedItself = end != .open
    if end == .open {
      if !plan.endsSending { connection.shutdown() }
      let sight = sight
      let key = key
      if manners == nil {
        waitForEnd(Self.proofLimit) { false }
        learned.closesAfterUs = end == .closed
        learned.readsEnd = sight?.connection(key)?.hasReadEnd == true
      } else if manners?.closesAfterUs == true, !isCut || isWrong {
        waitForEnd(limit) { false }
      } else if manners?.readsEnd == true {
        waitForEnd(limit) { sight?.connection(key)?.hasReadEnd != false }
      }
      if end == .closed { end = .open }
    }
    // What comes when our side has ended belongs to an answer that was complete, and to no other.
    if isCut, !isWrong, end == .open { answers = answered }
    if closedItself || end == .reset { waitForReason() }
  }

  private mutating func waitForEnd(_ limit: Nanoseconds, _ isEnough: () -> Bool) {
    let deadline = cl_monotonic() + limit
    while end == .open, !isEnough(), cl_monotonic() < deadline, !isStopped() {
      if connection.wait(bell, until: deadline).isReadable { take() }
    }
  }

  /// The kernel closes what a process had open before it tells that the process ended.
  private func waitForReason() {
    guard let sight else { return }
    let deadline = cl_monotonic() + Self.proofLimit
    while let seen = sight.connection(key), !(seen.isClosed && !seen.isEndingProcess), !seen.isOrphan,
      cl_monotonic() < deadline, !isStopped()
    {
      bell.wait(until: deadline)
    }
  }
}
