import Traffic

/// Writes packets with the times of a run.
struct PacketWriter {
  let blocks: PcapngBlocks
  /// The run's time 0, in nanoseconds since 1970.
  let wall: Nanoseconds

  /// - Parameter time: on the run's clock.
  func packet(
    on interface: UInt32, at time: Nanoseconds, length: Int, to output: inout ByteBuffer,
    captured: (inout ByteBuffer) -> Void, comment: (inout ByteBuffer) -> Void
  ) {
    blocks.packet(
      on: interface, at: wall + time, length: length, to: &output, captured: captured, comment: comment)
  }
}
