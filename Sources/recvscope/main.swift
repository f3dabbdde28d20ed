import ArgumentParser
import Glibc

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
  print(message)
}
