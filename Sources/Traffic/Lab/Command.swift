/// One command of a lab or of the `:` prompt, as plain data.
public enum Command: Sendable, Equatable {
  case listen(AddressText, SessionOptions)
  case connect(AddressText, SessionOptions)
  /// Listens, and passes on to the second address and back.
  case relay(AddressText, AddressText, SessionOptions)
  /// How the bytes of a session's sockets are cut into messages from now on; nil is both ways.
  case frame(String, Direction?, from: Int64, Framing)
  /// What a way of a pair receives waits from now on, as it was received or by messages; `limit` at most, if
  /// there is one.
  case hold(String, Way, messages: Bool, limit: Nanoseconds?)
  /// Lets go what is held; a burst goes out in its place.
  case release(String, Way, Release, with: Burst?)
  /// Throws away what is held, by the places of the pieces.
  case drop(String, Way, [Int])
  case send(String, Burst)
  /// The same for a datagram socket, to an address of its own choice.
  case sendTo(String, AddressText, Burst)
  /// One select, poll or epoll_wait now, for reading, writing and exceptional conditions, that waits so long at most.
  case ask(WaitCallName, String, timeout: Nanoseconds)
  /// One recv call now; nil takes size and flags from the session's policy.
  case recv(String, size: Int?, flags: MessageFlags?)
  /// One accept call now.
  case accept(String)
  /// Changes of the receive policy or of socket options, in the order written.
  case set(String, [Setting])
  /// Stops calling recv.
  case suspend(String)
  /// Goes on calling recv.
  case resume(String)
  case shutdown(String, Ending)
  case close(String, isReset: Bool)
  /// Waits for a length of time.
  case pause(Nanoseconds)
  /// Waits until a condition holds, `limit` at most.
  case wait(String, WaitCondition, limit: Nanoseconds)
  case expect(String, Expectation)
  case mark(String)
  /// From now on, whenever the pattern comes on a connection of the session, the burst is sent there.
  case on(String, AnswerRule)
  /// To the burst that a socket plays.
  case burst(String, BurstOrder)
  /// Tells statistics of what was recorded so far, of one socket or of all; as JSON wherever it is printed.
  case statistics(String?, isJSON: Bool)
  /// Names a burst for the workbench while the lab runs; sends nothing.
  case define(NamedBurst)
  /// Starts a program, or attaches to one, and records its socket calls.
  case watch(WatchOrder)
  /// Writes a burst's bytes to what a program that is watched reads: its terminal, or its standard input.
  case type(String, Burst)
  /// Sends a message in parts, cut anywhere, to a program that is started and watched.
  case shake(ShakeOrder)
  /// Records the run in a file, from the oldest record held on, or ends that.
  case record(String)
  case endRecording
  /// Writes what is held to a file.
  case save(String)
  /// Writes what is held now as something else, into a file.
  case export(ExportKind, String)
  /// Lays the run so far beside one that was recorded.
  case compare(String)
  /// Captures what passes on the wire from now on, or no more.
  case wire(Bool)
  /// A paragraph of a lesson.
  case say(String)
  /// Asks, and stops until it is answered.
  case question(Question)
  /// Asks the same question once more.
  case discuss
  /// Helps with the question, for those who ask for it.
  case hint(String)
  /// Stops until somebody wants to go on.
  case step
  /// Tells which choice was right.
  case reveal(Reveal)
  /// Closes everything and plays the lab anew, with these choices for all its sessions. Of the workbench's prompt.
  case again([Setting])
  /// Plays the lab so often and counts what came, with each of these sizes of recv if there are any. Of the workbench's prompt.
  case trials(Int, sizes: [Int])
  /// Offers the labs and lessons. Of the workbench's prompt.
  case labs
  /// Writes what is played to a new file, as a page to take home; or as an exercise sheet. Of the workbench's prompt.
  case handout(String, isBlank: Bool)

  /// How long `wait NAME …` waits if it does not say.
  public static let defaultLimit: Nanoseconds = 10_000_000_000

  /// Reads one line, with or without a comment.
  /// - Parameter number: the line's number in its file, for errors.
  public init(parsing line: String, number: Int = 1) throws(SyntaxError) {
    var parser = CommandParser(TextCursor(line, line: number))
    self = try parser.takeCommand()
  }

  /// Reads the words of a command line, as a shell has split it; errors show them joined with blanks.
  public init(parsing words: [String]) throws(SyntaxError) {
    let takesText = words.first.flatMap(CommandRule.rule(named:))?.takesText ?? false
    let quoted = takesText ? words : words.map(Self.quotedIfNeeded)
    try self.init(parsing: quoted.joined(separator: " "))
  }

  /// A word with blanks can only be an address.
  private static func quotedIfNeeded(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && !word.hasPrefix("#") && !word.hasPrefix("\"") && !word.utf8.contains(where: \.isBlank)
    return isPlain ? word : EscapedText.quoted(Array(word.utf8))
  }
}
