import Glibc

/// posix_spawn(3) with what every test's process gets: default signals, and its three streams.
struct Spawn {
  private let arguments: [String]
  private let environment: [String: String]
  private var actions = posix_spawn_file_actions_t()

  init(_ arguments: [String], environment: [String: String], folder: String?) {
    // posix_spawn itself changes folders by a call that Swift's Glibc does not have.
    self.arguments = (folder.map { ["env", "-C", $0] } ?? []) + arguments
    self.environment = environment
    posix_spawn_file_actions_init(&actions)
  }

  mutating func readsNothing() {
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  }

  mutating func connect(_ end: Pipe.End, to descriptor: CInt) {
    posix_spawn_file_actions_adddup2(&actions, end.fd, descriptor)
  }

  /// Starts the process; the spawn cannot be used again.
  mutating func run() throws -> pid_t {
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawnp(&pid, arguments[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else {
      throw HarnessError("\(arguments[0]) could not be started: \(String(cString: strerror(failure)))")
    }
    return pid
  }

  private var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables.merging(environment) { $1 }
  }
}
