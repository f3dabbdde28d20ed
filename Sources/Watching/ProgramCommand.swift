import CTracing
import Glibc

/// A program that is to be started.
public struct ProgramCommand: Sendable {
  /// The program, which is looked for as a shell does, and its arguments.
  public var words: [String]
  /// `K=V` beside what is inherited.
  public var environment: [String] = []
  public var directory: String?
  /// Descriptors for its standard input, output and error; nil are the caller's.
  public var input: Int32?
  public var output: Int32?
  public var error: Int32?
  /// It leads a session of its own: what is typed at our terminal is not for it.
  public var isOwnSession = false
  /// The terminal of that session.
  public var terminal: Int32?
  /// The soft limit of descriptors that it gets; nil is the caller's.
  public var descriptorLimit: Int?

  /// - Parameter words: one or more.
  public init(_ words: [String]) { self.words = words }

  /// By the thread that traces.
  func start(_ options: WatchOptions, calls: [Int32], _ failure: inout CInt) -> CInt {
    let arguments = Self.strings(words)
    let environment = Self.strings(inherited + self.environment)
    defer {
      for text in arguments + environment { free(text) }
    }
    let directory = self.directory.map { strdup($0) } ?? nil
    defer { free(directory) }
    return arguments.withUnsafeBufferPointer { arguments in
      environment.withUnsafeBufferPointer { environment in
        calls.withUnsafeBufferPointer { calls in
          // None of the three is empty: both lists of strings end with a null pointer.
          var program = trace_program(
            path: arguments[0]!, arguments: arguments.baseAddress!, environment: environment.baseAddress!,
            directory: directory, input: input ?? -1, output: output ?? -1, error: error ?? -1,
            is_own_session: isOwnSession, terminal: terminal ?? -1, is_filtered: options.isFiltered,
            refuses_io_uring: options.refusesIOUring,
            ends_with_tracer: options.endsWithTracer, descriptor_limit: Int64(descriptorLimit ?? 0),
            calls: calls.baseAddress!, count: calls.count)
          return trace_start(&program, &failure)
        }
      }
    }
  }

  /// Why it did not become the program, told by the descriptor that `start` gave.
  static func failure(_ descriptor: CInt, _ status: ProgramEnd, _ command: ProgramCommand?) -> WatchFailure {
    var errno: CInt = 0
    let step = trace_start_failure(descriptor, &errno)
    switch UnicodeScalar(UInt8(truncatingIfNeeded: step)) {
    case "e": return .notStarted(command: command?.words.first ?? "", errno: errno)
    case "d": return .noDirectory(command?.directory ?? "", errno: errno)
    case "f": return .noFilter(errno: errno)
    // Somebody killed it.
    default: return .noProcess(errno: EINTR)
    }
  }

  /// The environment without what is given anew.
  private var inherited: [String] {
    let names = environment.map { $0.prefix { $0 != "=" } }
    var inherited: [String] = []
    var place = environ
    while let text = place.pointee {
      let line = String(cString: text)
      if !names.contains(line.prefix { $0 != "=" }) { inherited.append(line) }
      place += 1
    }
    return inherited
  }

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}
