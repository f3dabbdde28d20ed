import Traffic

/// Watched programs, and what they write.
extension Model {
  var programs: [SocketID] { sockets.programs }

  /// The program whose output is in view: that of the selected socket; nil for all.
  var outputProgram: SocketID? {
    guard case .socket(let socket) = list.selection else { return nil }
    return sockets.program(of: socket)
  }

  /// The program that is typed to: the one whose output is in view; of all the one that asks, or the first.
  var typeTarget: SocketID? {
    let running = programs.filter { sockets.info($0)?.hasEnded == false }
    if let outputProgram { return running.contains(outputProgram) ? outputProgram : nil }
    return output.asking(running) ?? running.first
  }

  /// Shows the output and gives it the keys, or closes it.
  mutating func toggleOutput() {
    output.isShown.toggle()
    if output.isShown {
      window.focus = .output
    } else if window.focus == .output {
      window.focus = .records
    }
  }

  /// A line for what is to be typed to a program.
  mutating func openTyping() {
    guard let typeTarget else { return }
    overlay = .prompt(Prompt(.command, text: "type \(sockets.name(typeTarget)) "))
  }
}
