import ArgumentParser
import Traffic

/// A length of time on the command line.
struct Duration: ExpressibleByArgument {
  let nanoseconds: Nanoseconds

  init?(argument: String) {
    guard let nanoseconds = try? DurationText.parse(argument) else { return nil }
    self.nanoseconds = nanoseconds
  }
}

/// A number of bytes on the command line.
struct Size: ExpressibleByArgument {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    guard let bytes = try? SizeText.parse(argument) else { return nil }
    self.bytes = bytes
  }

  var defaultValueDescription: String { "256M" }
}
