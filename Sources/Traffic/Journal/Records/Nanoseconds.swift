/// A time or a length of time in whole nanoseconds.
///
/// A time counts from the start of the run on CLOCK_MONOTONIC, so the first record of a journal is at 0.
public typealias Nanoseconds = Int64
