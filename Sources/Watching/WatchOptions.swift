/// How a program is watched.
public struct WatchOptions: Sendable {
  /// Its children are, too. Its threads always are.
  public var follows = true
  /// io_uring_setup(2) fails with ENOSYS, so that programs fall back to calls that can be seen. Needs the filter.
  public var refusesIOUring = false
  /// It may be left running: every call of it stops, not only those of interest, and it does not end with the tracer.
  public var isDetachable = false

  public init() {}

  /// True while only calls of interest stop. What is attached to has no filter, as none can be put there.
  var isFiltered: Bool { !isDetachable }
  /// A filter without a tracer makes calls fail with ENOSYS: such a program cannot outlive its tracer.
  var endsWithTracer: Bool { !isDetachable }
}
