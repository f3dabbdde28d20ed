import Traffic

/// The lines of a lab as they are written: sends that follow each other become one burst, and what lies between lines a pause.
struct LabLines {
  /// Shorter pauses are of the machine.
  private static let least: Nanoseconds = 100_000

  private var sends: LabSends?
  /// When what was written last had happened.
  private var time: Nanoseconds?
  /// There is something to play.
  private(set) var hasAny = false

  /// Whose burst is being gathered.
  var sender: String? { sends?.name }

  mutating func add(
    _ name: String, _ target: String?, _ bytes: LabBytes, at time: Nanoseconds, _ flag: SendFlag?,
    to output: inout ByteBuffer
  ) {
    if sends?.takes(name, target, bytes: bytes.count) == true {
      sends?.append(bytes, at: time, flag)
      return
    }
    flush(to: &output)
    pause(until: time, to: &output)
    sends = LabSends(name, target, bytes, at: time, flag)
    hasAny = true
  }

  /// Writes the burst that was gathered.
  mutating func flush(to output: inout ByteBuffer) {
    guard let sends else { return }
    output.append(text: sends.line)
    output.append("\n")
    if sends.hasPauses { output.append(text: "wait \(sends.name) sent\n") }
    time = sends.latest
    self.sends = nil
  }

  private mutating func pause(until moment: Nanoseconds, to output: inout ByteBuffer) {
    if let time, moment - time >= Self.least {
      output.append(text: "wait \(DurationText.text((moment - time + 500) / 1000 * 1000))\n")
    }
    time = max(time ?? moment, moment)
  }

  mutating func line(_ text: String, at moment: Nanoseconds, to output: inout ByteBuffer) {
    // Whatever a recording holds: a line is one command, and nothing else.
    guard SafeText.string(text) == text, (try? Command(parsing: text)) != nil else {
      return comment("cannot be written here: \(text)", to: &output)
    }
    flush(to: &output)
    pause(until: moment, to: &output)
    output.append(text: text)
    output.append("\n")
    hasAny = true
  }

  /// A line that waits for what had happened by a moment; no pause stands before it.
  mutating func wait(_ text: String, until moment: Nanoseconds?, to output: inout ByteBuffer) {
    flush(to: &output)
    output.append(text: "wait \(text)\n")
    if let moment { time = max(time ?? 0, moment) }
  }

  mutating func comment(_ text: String, to output: inout ByteBuffer) {
    flush(to: &output)
    output.append("# ")
    output.append(safe: text)
    output.append("\n")
  }
}
