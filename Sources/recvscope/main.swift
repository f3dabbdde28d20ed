import ArgumentParser
import Glibc

// A standard descriptor that is closed would be given to the next socket or event, and what is printed sent there.
for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
  _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
}

// The parser sees arguments with U+FFFD for what is no UTF-8: another name, other bytes to send.
for (index, argument) in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
  .enumerated()
{
  if let argument, String(validatingCString: argument) == nil {
    exit(
      StandardError.say("argument \(index) is no UTF-8; a byte is written as \"\\xff\" or 0xff", status: 2))
  }
}

// The contract's exit status for bad usage is 2; the parser's own would be 64.
do {
  var command = try Recvscope.parseAsRoot()
  try command.run()
} catch let status as ExitCode {
  exit(status.rawValue)
} catch {
  let isMistake = Recvscope.exitCode(for: error) != .success
  let message = Recvscope.fullMessage(for: error)
  if isMistake {
    exit(StandardError.say(message, status: 2))
  }
  do {
    try StandardOutput.write("\(message)\n")
  } catch {
    exit(error.rawValue)
  }
}
