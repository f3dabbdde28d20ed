/// The bytes that one recv() returned or one send() accepted, as a part of its stream.
public struct Chunk: Sendable, Equatable {
  public var sequence: Int
  public var rank: Int
  public var record: Record

  /// Its place in the stream.
  public var range: Range<Int64> { record.offset..<record.offset + Int64(max(0, record.result)) }
}
