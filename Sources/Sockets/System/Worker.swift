/// Starts threads for what must not hold up the screen or the printing.
public enum Worker {
  /// What is said where the system has no thread to give.
  public static let refusal = "pthread_create: no thread could be started"

  /// - Returns: false if the system has no thread to give.
  public static func start(_ name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
    if case .success = Thread.start(name, run) { true } else { false }
  }
}
