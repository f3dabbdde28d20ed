import Glibc
import Synchronization

/// A process that a test started, with pipes to its three streams; it never outlives the test.
final class Child {
  /// What the process reads as its standard input.
  enum Input {
    /// /dev/null.
    case nothing
    /// A pipe that the test writes to and closes.
    case pipe
    /// These bytes, then the end.
    case bytes([UInt8])
  }

  /// Tests run side by side: no process may start between the making of another's pipes and their close-on-exec
  /// flags, or a pipe's end would leak into it and the pipe would never end.
  private static let starting = Mutex(())

  let pid: pid_t
  let command: String
  private var input: Pipe.End?
  private var toWrite: [UInt8] = []
  private var closesWhenWritten = false
  private var output: Pipe.End?
  private var errors: Pipe.End?
  private var outputBytes: [UInt8] = []
  private var errorBytes: [UInt8] = []
  private var linesTaken = 0
  private var waitStatus: Int32?

  /// Starts `arguments[0]`, looked for on PATH.
  /// - Parameter environment: set over this process's own.
  init(
    _ arguments: [String], input: Input = .nothing, environment: [String: String] = [:], folder: String? = nil
  )
    throws
  {
    Pipe.ignoreBrokenPipes
    command = arguments.joined(separator: " ")
    let streams = try Self.starting.withLock { _ in
      let streams = (input: try Pipe(), output: try Pipe(), errors: try Pipe())
      var spawn = Spawn(arguments, environment: environment, folder: folder)
      if case .nothing = input { spawn.readsNothing() } else { spawn.connect(streams.input.read, to: 0) }
      spawn.connect(streams.output.write, to: 1)
      spawn.connect(streams.errors.write, to: 2)
      return (
        pid: try spawn.run(), input: streams.input.write, output: streams.output.read,
        errors: streams.errors.read
      )
    }
    for end in [streams.input, streams.output, streams.errors] { end.makeNonblocking() }
    pid = streams.pid
    output = streams.output
    errors = streams.errors
    switch input {
    case .nothing: break
    case .pipe: self.input = streams.input
    case .bytes(let bytes):
      self.input = streams.input
      send(bytes)
      closeInput()
    }
  }

  deinit {
    guard waitStatus == nil else { return }
    Glibc.kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
  }

  /// Queues bytes for the process's standard input; they are written while the test waits for anything.
  func send(_ bytes: [UInt8]) {
    toWrite += bytes
    writeSome()
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Ends the standard input once everything queued is written.
  func closeInput() {
    closesWhenWritten = true
    writeSome()
  }

  func signal(_ signal: Int32) { Glibc.kill(pid, signal) }

  /// What it has written to standard error up to now.
  var errorText: String { String(decoding: errorBytes, as: UTF8.self) }

  /// The next line of its standard output, without the newline; nil at the end.
  func line(within seconds: Double = 30) throws -> String? {
    let deadline = Deadline(within: seconds)
    while true {
      if let newline = outputBytes[linesTaken...].firstIndex(of: 10) {
        defer { linesTaken = newline + 1 }
        return String(decoding: outputBytes[linesTaken..<newline], as: UTF8.self)
      }
      if output == nil { return nil }
      if deadline.hasPassed { throw missed("a line of output", seconds) }
      pump()
    }
  }

  /// The first line from here on that `isWanted`; what stands before it is passed over.
  func line(within seconds: Double = 30, where isWanted: (String) throws -> Bool) throws -> String {
    while let line = try line(within: seconds) {
      if try isWanted(line) { return line }
    }
    throw HarnessError("\(command) ended without the wanted line.\n\(transcript)")
  }

  /// The first event from here on that `isWanted`, of a process that prints JSON Lines.
  func event(within seconds: Double = 30, where isWanted: (Event) -> Bool) throws -> Event {
    try Event(line: line(within: seconds) { isWanted(try Event(line: $0)) })
  }

  /// Waits until it has written `text` to standard error.
  func errors(contain text: String, within seconds: Double = 30) throws {
    let deadline = Deadline(within: seconds)
    while !errorText.contains(text) {
      if deadline.hasPassed || errors == nil { throw missed("\"\(text)\" on standard error", seconds) }
      pump()
    }
  }

  /// Waits until it has ended and everything it wrote is read.
  func wait(within seconds: Double = 60) throws -> Outcome {
    let deadline = Deadline(within: seconds)
    while true {
      pump()
      if output == nil, errors == nil, let status = reap() {
        return Outcome(waitStatus: status, output: outputBytes, errors: errorBytes)
      }
      if deadline.hasPassed { throw missed("its end", seconds) }
    }
  }

  private func reap() -> Int32? {
    var status: Int32 = 0
    if waitStatus == nil, waitpid(pid, &status, WNOHANG) == pid { waitStatus = status }
    return waitStatus
  }

  private func missed(_ what: String, _ seconds: Double) -> HarnessError {
    HarnessError("\(command): waited \(seconds) s for \(what).\n\(transcript)")
  }

  private var transcript: String {
    let text = String(decoding: outputBytes.suffix(4000), as: UTF8.self)
    return "--- standard output\n\(text)\n--- standard error\n\(errorText)"
  }

  /// Moves what is ready on the pipes, and waits a moment for it.
  private func pump() {
    var ready: [pollfd] = []
    if let output { ready.append(pollfd(fd: output.fd, events: Int16(POLLIN), revents: 0)) }
    if let errors { ready.append(pollfd(fd: errors.fd, events: Int16(POLLIN), revents: 0)) }
    if let input, !toWrite.isEmpty { ready.append(pollfd(fd: input.fd, events: Int16(POLLOUT), revents: 0)) }
    poll(&ready, nfds_t(ready.count), 10)
    writeSome()
    if let output, !output.read(into: &outputBytes) { self.output = nil }
    if let errors, !errors.read(into: &errorBytes) { self.errors = nil }
  }

  private func writeSome() {
    guard let input else { return }
    if !toWrite.isEmpty {
      guard let count = input.write(toWrite) else {
        // The process closed its standard input: what is left can go nowhere.
        toWrite = []
        self.input = nil
        return
      }
      toWrite.removeFirst(count)
    }
    if closesWhenWritten, toWrite.isEmpty { self.input = nil }
  }
}
