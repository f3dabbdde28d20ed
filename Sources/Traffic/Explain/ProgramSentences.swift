import SystemPackage

/// What became of a watched program, and its calls that have no kind of their own.
struct ProgramSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  var explanation: Explanation {
    switch record.kind {
    case .startProgram:
      Explanation(
        "From here on the socket calls of the program are seen, those of its threads included: it stops at each of them for "
          + "some microseconds while recvscope looks.",
        "So a call that returns at once seems to wait as long as that.", page: "ptrace(2)")
    case .exitProgram:
      Explanation(
        record.signalNumber == nil
          ? "A process of the program ended by itself." : "A signal ended a process of the program.",
        page: "exit(3); signal(7)")
    case .output: Explanation("The program wrote this. It is no call on a socket.", page: nil)
    case .signal:
      Explanation("The signal was delivered as it would have been without recvscope.", page: "signal(7)")
    case .unseen: unseen
    case .lost:
      Explanation(
        "The program made these calls; their rows are missing, as recvscope could not look at the socket.",
        page: nil)
    case .call: call
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .hold, .release, .drop, .shake, .cut, .ask, .answer, .reveal, .segment:
      Explanation(nil, page: nil)
    }
  }

  private var unseen: Explanation {
    switch record.unseenReason {
    case .ioUring?:
      Explanation(
        "The program has asked for an io_uring: what it sends and receives by that are no system calls, and no rows.",
        "--no-io-uring makes the kernel refuse it, and most programs then make calls.", page: "io_uring(7)")
    case .otherMachine?:
      Explanation(
        "The program makes calls of another machine (i386 or x32), whose rows are missing.", page: nil)
    case .otherTracer?:
      Explanation(
        "The program wants to trace or to be traced; a thread has one tracer, and recvscope is it.",
        page: "ptrace(2)")
    case .zeroCopy?:
      Explanation(
        "With MSG_ZEROCOPY the kernel takes the bytes later: those of the row are what lay there when the call returned.",
        page: "send(2)")
    case nil: Explanation(nil, page: nil)
    }
  }

  private var call: Explanation {
    let name = "\(record.call?.name ?? "the call")()"
    if let errno = record.errno { return Explanation(Explanation.failure(errno, of: name), page: nil) }
    switch record.call {
    case .socket?, .socketpair?:
      return Explanation("\(name) made a socket. It is named by its first descriptor.", page: "socket(2)")
    case .bind?: return Explanation("bind() gave the socket its address.", page: "bind(2)")
    case .dup?, .dup2?, .dup3?, .fcntl?:
      return Explanation(
        "Another descriptor, \(record.result), is the same socket: it closes with the last of them.",
        page: "dup(2)")
    case .close?, .closeRange?, .exit?, .execve?:
      return Explanation(
        "One descriptor of the socket is gone. Others are the same socket, which stays open until the last of them is "
          + "closed.", page: "close(2), NOTES")
    default: return Explanation("\(name) returned \(record.result).", page: nil)
    }
  }
}
