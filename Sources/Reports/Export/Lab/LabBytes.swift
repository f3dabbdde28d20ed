import Traffic

/// What one call moved, as a lab sends it: bytes that are no longer held are zeros, however many, and take no room.
struct LabBytes {
  let payload: Payload
  let count: Int
  /// How many of them are not held.
  let missing: Int

  init(_ held: ArraySlice<UInt8>?, _ length: Int) {
    let known = Array((held ?? []).prefix(length))
    count = length
    missing = length - known.count
    if missing == 0 {
      payload = Payload(shortestFor: known)
    } else if known.isEmpty {
      payload = .zeros(missing)
    } else {
      payload = .joined([.bytes(known), .zeros(missing)])
    }
  }
}
