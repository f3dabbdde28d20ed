/// Where the elements of a few keys lie, which are asked for again and again: most of the time without hashing.
struct FoundPlaces<Key: Hashable> {
  private static var most: Int { 64 }

  private var places: [Key: Int] = [:]
  /// What was found last, by a few bits of the key.
  private var recent = [(key: Key, place: Int)?](repeating: nil, count: most)

  /// - Parameters:
  ///   - bits: of the key; alike for the same key.
  ///   - make: makes the place of a key that is new.
  @inline(__always)
  mutating func place(of key: Key, bits: UInt32, make: () -> Int) -> Int {
    let slot = Int(bits % UInt32(Self.most))
    if let found = recent[slot], found.key == key { return found.place }
    let place = places[key] ?? make()
    places[key] = place
    recent[slot] = (key, place)
    return place
  }

  mutating func removeAll() {
    places.removeAll(keepingCapacity: true)
    for slot in recent.indices { recent[slot] = nil }
  }
}
